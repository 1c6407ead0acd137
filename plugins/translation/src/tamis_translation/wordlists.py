"""Word lists that the code needs; what is particular to a source language stands in the packs."""

from __future__ import annotations

from typing import Final

#: The words whose presence tells how a text is built, not what it is about.
FUNCTION_WORDS: Final = """
a about above across actually after afterwards again against ago all almost alone along already also although always
am among amount an and another any anybody anyone anything anyway anywhere apart are around as aside at away back be
became because become becomes been before began behind being below beside besides between beyond both but by came can
cannot case certain certainly come completely could currently day days despite did do does doing done down due during
each earlier either else end enough entire especially even ever every everyone everything exactly except far few
finally first fact following for former from full further furthermore gave get gets getting give given go goes going
gone got great had half hardly has have having he hence her here herself him himself his how however i if in indeed
inside instead into is it its itself just keep kept large largely last later latter least less let like likely long
made mainly make makes making many may maybe me mean means meanwhile might mine more moreover most mostly much must my
myself namely near nearly need needs neither never nevertheless new next no nobody none nor not nothing now nowhere of
off often on once one only onto or other others otherwise our ours ourselves out over own part particularly per
perhaps please possible previously put quite rather really recent recently said same saw say saying says second see
seem seemed seems seen several shall she should show since so some somehow someone something sometimes somewhere soon
still such take taken than that the their theirs them themselves then there thereby therefore these they thing things
this those though three through throughout thus time times to today together told too took toward towards turn two
under unless unlike until up upon us use used uses using usually various very via was way we well went were what
whatever when where whereas whether which while who whoever whole whom whose why will with within without would year
years yes yesterday yet you your yours according added people example order
"""

#: The most common words of news, commonest first: bad anchors for a pattern.
COMMON_WORDS: Final = """
the of and to in a is that for it as was with be by on not he i this are or his from at which but have an had they you
were their one all we can her has there been if more when will would who so no she other its may these what them than
some him time into only do such my new about out also two any up first could our then most over me even made after
many did must before through years where much your way well down should because each just those people mr how too very
make still here last long own see between take day go us without against while again high every another same since
under during come used never few part state world less does got might found year around government per week say says
said president country minister
"""

#: Words that only English text is full of.
ENGLISH_WORDS: Final = "the of and to in a is that for it as was with be by on at from"

#: A text with one of these may be about translating.
ABOUT_TRANSLATING: Final = (
    "interpreter interpreters translator translators translating mistranslated mistranslation idioms"
)

#: English words that keep an accent.
LOAN_WORDS: Final = """
café cafés naïve naïvety fiancé fiancée fiancés résumé résumés cliché clichés clichéd façade
façades décor protégé protégés protégée déjà communiqué communiqués exposé exposés crème brûlée
entrée entrées élite élites première premières débâcle jalapeño jalapeños piñata señor señora
doppelgänger über état tête-à-tête émigré émigrés née rosé sauté sautéed soufflé touché passé
risqué cortège blasé matinée matinées soirée soirées détente piqué pâté purée rôle coöperate
coördinate café-bar crêpe crêpes château naïf à la mêlée négligée précis raison d'être régime éclair
élan français vis-à-vis
"""
