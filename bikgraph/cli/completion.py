"""`bikgraph completion`: the script by which a shell completes commands, questions and their values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from bikgraph.cli.completing import script

# How each shell takes the script, as a comment of it.
_INSTALL = {
    "bash": """\
# To complete bikgraph in every new shell, put this line into ~/.bashrc:
#   eval "$(bikgraph completion bash)"
""",
    "zsh": """\
# To complete bikgraph in every new shell, put these lines into ~/.zshrc, the first if it is not there yet:
#   autoload -Uz compinit && compinit
#   eval "$(bikgraph completion zsh)"
# Or write this to a file _bikgraph in a folder of $fpath.
""",
    "fish": """\
# To complete bikgraph in every new shell:
#   bikgraph completion fish > ~/.config/fish/completions/bikgraph.fish
""",
}


@click.command()
@click.argument("shell", type=click.Choice(list(_INSTALL)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script by which SHELL completes commands, questions, parameters and their values.

    \b
    eval "$(bikgraph completion bash)"       in ~/.bashrc
    eval "$(bikgraph completion zsh)"        in ~/.zshrc, after compinit
    bikgraph completion fish > ~/.config/fish/completions/bikgraph.fish
    Values come from the release of the project that is around you, or that --project names.
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"The installed click completes no {shell}. Install a newer one: pip install -U click")
    text = script(ctx.find_root().command, kind)
    # zsh reads the first line of a file in $fpath.
    first, rest = text.split("\n", 1) if text.startswith("#compdef") else ("", text)
    click.echo((first + "\n" if first else "") + _INSTALL[shell] + rest, nl=False)
