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

#: Further frequent words of news: what two words run together are made of.
FREQUENT_WORDS: Final = """
euros dollars rubles
able abuse access accused action address administration affairs afghanistan africa african agency agree agreed
agreement ahead aircraft airport alleged allow allowed ambassador america american americans announce announced
announcement anti april arab area areas armed army arrest arrested asked assembly association attack attacks attempt
attorney august australia australian authorities authority bank base based becoming begin beginning begins believe
believed best better bill billion black board body bomb border brazil bringing british building bush business cabinet
california call called calling calls campaign canada canadian candidate candidates capital care carrying cases cause
caused causing center central chairman change charged charges chief child children china chinese church citizens city
civil claim claimed claims clear climate clinton close coal coalition coast comes comments commission committee
community companies company concerns conference confirmed conflict congress conservative continue continues control
corruption council countries county court crew crimes criminal crisis current daily damage data david dead deal death
deaths debate december decision declared defence defense democracy democratic democrats department deputy development
died dies different director disaster discuss district donald drug early east eastern economic economy effect efforts
egypt egyptian eight elected election elections electricity emergency energy england europe european event evidence
exchange executive expected explosion face failed family february federal fight fighting final financial find fire
fired five flight florida food football force forces foreign form four france free french friday front fuel future
game general george german germany global good governor ground group groups guard guilty gulf head health heavy held
help highest hillary history hold home homes hong hospital hours house human hundreds illegal image immigration
important incident including increase india indian indonesia information injured intelligence international interview
investigation involved iran iraq ireland islamic island islands israel israeli issue issued issues italy james january
japan japanese john johnson joint judge july june justice kill killed killing kills kind king kingdom know known kong
korea korean language largest late launch lead leader leaders leading league leave leaving left legal level life line
list little live local london look main major majority march mass mayor media medical meet meeting member members
mexico michael middle mike military million ministers ministry missing mission monday money month months morning
moscow move movement multiple murder muslim name nation national nations natural navy negotiations news nigeria night
nine north northern november nuclear number obama october office officer officers official officials ongoing open
operation operations opposition orders organization outside owned pacific pakistan park parliament party past paul
peace percent person philippines place plan planet planned plans plant point poland police policy political pope port
position post potential power presidential press prevent previous prices primary prime prison private process
professor program project protest province public questions race rally reach reached received record region related
relations release released remain remains report reported reports representatives republic republican republicans
research residents resolution response responsibility responsible restrictions result results return right rights
robert role rules ruling running russia russian saturday saudi scheduled school secretary security senate senator
senior september series service services seven sexual ship shooting shot sign signs similar single site small social
software soldiers source south southern space spain special speech spread staff star start started statement states
station step stop storm story stream strike strikes strip strong study suicide summit sunday support supporters
supreme syria system taking talks team tell term territory terrorism terrorist test texas think third thousands
thursday total town trade travel trial troops trump trying tuesday turkey turkish twitter ukraine union united
university vice video violence virginia virus visit vote voters votes want wanted washington water weapons wednesday
weeks west western white wife wins woman women work workers working wounded wrote york young zealand
"""

#: Singular nouns that English hardly uses without a determiner: at most one in eighty of its uses in news.
COUNT_NOUNS: Final = """
affair agency agenda airport ambassador anniversary announcement apartment appointment area article artist
assassination attacker audience author award background ball ban bank barrel basin berth birthday blaze body bomb
bombing book border bridge brother budget businessman cabinet camp candidate captain caravan cathedral center centre
century chairman child citizen city client club coach coast colleague colony commission committee company complaint
concept conference consortium constitution convention convoy corner corporation council country county coup couple
crackdown crew customer daughter deadline decade declaration delegation demonstration department deputy device
diplomat director district document driver earthquake economy embassy employee enterprise entrance entrepreneur
episode event expert factory farm farmer father federation fence festival field figure flag fleet forest forum
foundation founder framework friend frontier garden girl grid group guest gunman hall harbor harbour highway historian
host hotel hurricane husband icebreaker idea inhabitant initiative inspector institute institution interview
introduction investor invitation island job journalist journey judge kitchen lamp lawyer league legacy letter library
limit machine manager map match mayor member merchant mine minister ministry moment monument mountain municipality
museum nation neighbor neighbour network newspaper nominee object ocean officer official operator organisation
organization outbreak owner pandemic panel parade park participant party passenger patient peninsula period pilot
pipeline plant platform player poet politician port portion presidency priest prime prince problem producer product
professor program programme project proposal prosecutor provider province railway reactor reader region relationship
reporter representative republic reputation resident restaurant river role roof room route row scientist secretary
section sector seller senator sentence shareholder ship shop singer situation soldier source speaker spokesman
spokesperson spokeswoman square stadium statement station storm story strait street student subject suburb successor
summit sun supplier surface surgeon suspect system tanker teacher team teenager temple theater theatre title topic
tournament tower treaty tribunal truck tunnel type unit user valley vehicle venue verdict version vessel victim
village visitor voice volunteer wall warehouse weekend wife winner woman worker workshop world writer zone
"""

#: Prepositions that a noun phrase follows.
PREPOSITIONS: Final = """
of in on at to from by with for under near through over after before between into about against during without behind
above below inside outside
"""

#: What may follow a noun phrase, beside prepositions.
AFTER_NOUN: Final = """
is was are were has have had will would can could and or but that which who said says as than when while where because
if he she it they we there then also not may must should did does until since
"""

#: Adjectives that no ending tells.
ADJECTIVES: Final = """
new old big small large main first last next great good bad young long short high low whole single former current own
local joint early late third northern southern eastern western final total full best most major key top head
"""

#: Words that a machine runs together with the next.
RUN_ON: Final = """
the that this with which from have were and are been their they these than when would could should said of was has
will one two
"""

#: English words that seem to be two.
WHOLE_WORDS: Final = """
andover behave seethe herewith therewith wherefrom withheld withhold withholding withstand withstanding within without
willpower wherewith thanking whichever whenever whatever onetime oneself twosome onerous offthe thence whence offside
often offering offered offers office officer officers officials offshore theirs themselves thisbe willing wished waste
wasteds harem hasten hastened hash
"""

#: Words that English never says twice in a row.
NEVER_DOUBLED: Final = """
the of to a and is for with at by from was are be an this his their its
"""
