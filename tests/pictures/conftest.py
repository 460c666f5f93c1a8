"""A small graph of a made-up country, whose names are in many scripts, beside Belgium."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

WORLD = """
@prefix bik: <https://w3id.org/bikgraph/ontology#> .
@prefix id: <https://w3id.org/bikgraph/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:edition-2030 bik:year 2030 ; bik:countryCount 2 ; bik:covers id:country-zz, id:country-be ;
  rdfs:label "BIK Policy Map 2030"@en .
id:country-zz a bik:Country ; skos:notation "ZZ" ; rdfs:label "Ruritania"@en, "روريتانيا"@ar, "卢里塔尼亚"@zh .
id:country-be a bik:Country ; skos:notation "BE" ; rdfs:label "Belgium"@en, "بلجيكا"@ar, "比利时"@zh .
id:profile-zz-2030 a bik:CountryProfile ; bik:country id:country-zz ; bik:edition id:edition-2030 .
id:pillar-1 bik:ordinal 1 ;
  rdfs:label "Safe content"@en, "محتوى آمن للأطفال والشباب على الإنترنت"@ar, "为儿童和青少年提供高质量的在线内容"@zh .
id:role-lead skos:notation "lead" .
id:zz-ministry bik:kind id:actor-kind-ministry ;
  rdfs:label "Ministry of Education (MoE) 2030"@en, "وزارة التعليم العالي (MoE) 2030"@ar, "教育部（MoE）2030"@zh .
id:zz-police bik:kind id:actor-kind-law-enforcement ; rdfs:label "משטרת ישראל (Police) 2030"@he .
id:zz-hotline bik:kind id:actor-kind-ngo ; rdfs:label "Ελληνική γραμμή βοήθειας & $100 <ΕΛ>"@el .
id:zz-agency bik:kind id:actor-kind-public-agency ; rdfs:label "Роскомнадзор – служба по надзору"@ru .
id:zz-group bik:kind id:actor-kind-group ; rdfs:label "جمعيات أخرى"@ar .
id:r1 a bik:Responsibility ; bik:country id:country-zz ; bik:edition id:edition-2030 ;
  bik:actor id:zz-ministry ; bik:role id:role-lead ; bik:pillar id:pillar-1 .
id:r2 a bik:Responsibility ; bik:country id:country-zz ; bik:edition id:edition-2030 ;
  bik:actor id:zz-hotline ; bik:role id:role-lead ; bik:pillar id:pillar-1 .
id:r3 a bik:Responsibility ; bik:country id:country-zz ; bik:edition id:edition-2030 ;
  bik:actor id:zz-group ; bik:role id:role-lead ; bik:pillar id:pillar-1 .
id:a1 a bik:Agreement ; bik:country id:country-zz ; bik:partiesComplete false ;
  bik:party id:zz-ministry, id:zz-police, id:zz-agency ;
  rdfs:label "Memorandum"@en, "مذكرة تفاهم بين الوزارة والشرطة"@ar, "教育部与警察局关于儿童网络安全的谅解备忘录"@zh .
id:question bik:inEdition id:edition-2030 ;
  rdfs:label "Is there a policy?"@en, "هل توجد سياسة وطنية للأطفال؟"@ar, "是否有国家政策？"@zh .
id:answer-yes bik:ordinal 1 ; rdfs:label "Yes"@en, "نعم"@ar, "是"@zh .
id:answer-no bik:ordinal 2 ; rdfs:label "No"@en, "لا"@ar, "否"@zh .
id:q1 bik:indicator id:question ; bik:country id:country-zz ; bik:answer id:answer-yes .
id:q2 bik:indicator id:question ; bik:country id:country-be ; bik:answer id:answer-no .
"""


@pytest.fixture(scope="session")
def world() -> Store:
    """Ruritania and Belgium, of which only Belgium has boundaries."""
    store = Store()
    store.load(WORLD.encode(), format=RdfFormat.TURTLE)
    return store
