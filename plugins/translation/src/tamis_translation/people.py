"""Words that tell whether a person is a man or a woman, for pronouns that a machine got wrong."""

from __future__ import annotations

from typing import Final

#: First names that men have, in any of the languages that news is translated from, and hardly any woman.
MEN: Final = """
aaron abdul abdullah abel abraham achim adam adolf adrian ahmad ahmed akira alain alan albert alberto albrecht aldo
alejandro aleksandr aleksander alessandro alexander alexandre alexei alexey alfons alfonso alfred alfredo ali allan
alvaro amir anatoly anders andré andreas andrej andrei andres andrés andrew andriy andrzej angelo anthony antoine
anton antonin antonio antony aristide armand armin arnaud arnold arthur artur arturo asif august augusto axel bart
bartosz bashar bastien ben benjamin benoit benoît bernard bernardo bernd bernhard bertrand bill bjorn björn bob bogdan
boris brad brian bruce bruno carl carlo carlos carsten cedric cédric cesar césar charles chris christian christoph
christophe christopher claude claudio clément clemens colin conrad cristian cyril dan daniel daniele danilo darren
dave david denis dennis detlef didier diego dieter dietmar dimitri dirk dmitri dmitry dominik don donald douglas
duncan eberhard edgar edoardo eduard eduardo edward egon elias emanuele emiliano emilio emmanuel emmanuele enrico
enrique eric erich erik ernesto ernst erwin étienne etienne eugen eugene eusebio evan evgeny fabian fabien fabio
fabrice fabrizio federico felipe felix ferdinand fernando fidel filip filippo florian francesco francisco franck
franco françois francois frank franz fred frederic frédéric frederick friedrich fritz gabriel gaetano garry gary
gaston gennady geoff geoffrey georg george georges gerard gérard gerd gerhard gerry gianfranco gianluca gianni gilles
giancarlo giorgio giovanni giuliano giulio giuseppe glenn gonzalo gordon graham greg gregory grégoire grigory guido
guillaume guillermo gunnar günter günther guntram gustav gustavo guy hamid hannes hans harald harry hartmut hassan
hector héctor heiko heiner heinrich heinz helmut hendrik henk henri henry herbert hermann hiroshi holger horacio horst
howard hubert hugh hugo hussein ian ibrahim ignacio igor ilya ingo iñigo isaac ismail ivan jaap jack jacek jacob
jacques jaime jakob jakub james jamie jaroslav jason javier jay jeff jeffrey jens jérôme jerome jerry jesús jim jimmy
jiri joachim joao joaquin joaquín jochen joe joel joerg johann johannes john johnny jonas jonathan jordi jörg jorge
josé jose josef josep joseph josh joshua juan jules julian julien julio jurgen jürgen karel karl karsten kassym
kazimierz keith ken kenji kenneth kevin khalid kirill klaus konrad konstantin krzysztof kurt lars laszlo laurent
lawrence leo leon leonard leonardo leonid leopold lionel lorenzo lothar louis luc luca lucas lucien ludovic ludwig
luigi luis luiz lukas luke maciej magnus mahmoud manfred manuel marc marcel marcelo marcin marco marcus marek mariano
mario marius mark marko markus martin massimo mateusz matteo matthew matthias matthieu maurice mauricio maurizio max
maxim maxime mehmet michael michał michal michel michele miguel mike mikhail miklos milos miroslav mohamed mohammad
mohammed moritz muhammad murat mustafa naoki nathan neil nelson nicholas nicolas nicolás niels nigel nikita nikolai
nikolaus nikolay nils norbert oleg olaf oleksandr oliver olivier omar oscar osman oswald otto pablo paolo pascal
patrice patrick patrik paul paulo pavel pawel paweł pedro pekka per pete peter petr petro philip philipp philippe phil
pierre pieter pietro piotr rafael raffaele rafał rainer ralf ralph ramon ramón raphael raúl raul raymond recep
reinhard reinhold rené rene riccardo ricardo richard rob robert roberto rodrigo roger roland rolf roman ron ronald
rory rudolf rui rupert ruslan russell ryan salvatore sam samuel santiago scott sean sébastien sebastian sebastien
serge sergei sergey sergio siegfried sigmar silvio simon stanislav stefan stefano steffen stéphane stephan stephane
stephen steve steven stuart sven takashi takeshi tariq taro ted thierry thibault thomas thorsten tim timothy toby
tobias todd tom tomas tomasz tommaso tommy toni tony torsten tristan udo ulf ulrich umberto uwe václav valery vasily
vicente victor viktor vincent vincenzo vitaly vittorio vladimir volker volodymyr waldemar walter warren werner
wilfried wilhelm will willem william willi willy winfried wladimir wojciech wolfgang xavier yann yannick yevgeny
youssef yuri yves yvon zbigniew zdeněk
"""

#: First names that women have, and hardly any man.
WOMEN: Final = """
adela adele adriana agata agathe agnes agnès agnieszka aicha aisha alba alessandra alexandra alice alicia alina alison
amanda amélie amelie amy ana anastasia angela angelika angelina anita anja anke ann anna annalena anne annegret
annette annie annika antje antonella antonia astrid audrey aurélie aurore ayse ayşe barbara beata beate beatrice
béatrice beatriz bettina bianca birgit birgitta bozena brigitte britta camilla camille carina carla carmen carol
carola carole carolin carolina caroline caterina catherine cathy cecilia cécile celine céline chantal charlotte chiara
christa christel christiane christina christine cindy clara claire clarissa claudia clémence corinna corinne cornelia
cristina cynthia daniela danielle danuta debbie deborah diana diane dolores dominique donna dora doris dorothea
dorothée edith ekaterina elena eleonora elfriede elisa élisabeth elisabeth elise elizabeth elke ella ellen elly elsa
elvira emilia emilie emily emma erica erika estelle esther eugenia eva eveline evelyn évelyne ewa fabienne fatima
federica fiona florence franca francesca françoise francoise franziska frauke frédérique friederike gabriela gabriele
gabriella galina geneviève gerda gertrud ghislaine gisela giorgia giovanna giulia gloria grażyna greta gretchen gudrun
halina hanna hannah hannelore heather heidi heike helen helena helene hélène helga hilary hilda hildegard hillary inès
ines inge ingeborg ingrid irena irene irina irmgard isabel isabella isabelle jana jane janet janina jacqueline jeanne
jeannette jennifer jenny jessica jill joan joanna jolanta josefina josephine joyce juana judith judy julia juliana
julie juliette jutta karen karin karina karla karolina katarina katarzyna katharina katherine kathleen kathrin kathryn
kathy katia katja katrin kerstin kirsten klara kristina laila larissa laura laure laurence lea leila lena leonie
leticia leyla lidia lilian liliana linda lisa liz lola loredana lorena louise lucia lucía lucie lucy ludmila luisa
lydia lynn magali magda magdalena manon manuela mara margaret margareta margarita margarete margit margot maria maría
mariana marianne marie marija marina marine marion marisa marjorie marlene marta martha martina martine mary mathilde
maureen megan meike melanie mélanie melissa mercedes michaela michelle mira miriam monica monika monique muriel myriam
nadezhda nadia nadine nancy naomi natalia natalie natalya natasha nathalie nicole nina noemi nora norma octavia odile
olga olivia oksana ornella pamela paola patricia patrizia paula paulina pauline petra pilar rachel raffaella raquel
rebecca regina regine renata renate rita roberta romy rosa rosanna rosario rose rosemarie rosemary roxana ruth sabina
sabine sabrina sally sandra sandrine sara sarah ségolène serena sheila silke silvana silvia simona sofia sonia sonja
sophia sophie stefania stefanie stella stephanie stéphanie susan susana susanna susanne suzanne svenja svetlana sylvia
sylvie tamara tania tanja tatiana tatjana tatyana teresa theresa therese thérèse tina ulrike ursula uta ute valentina
valérie valerie vanessa vera verena verónica veronica véronique victoria viktoria virginia virginie viviane waltraud
wendy wiebke wilma xenia yasmina yolanda yulia yuliya yuriko yvette yvonne zainab zoe zuzana
"""

#: What else makes somebody a man or a woman.
MALE: Final = """
mr man men boy boys father fathers dad son sons brother brothers husband uncle grandfather nephew king prince sir lord
duke baron emperor pope priest bishop cardinal monk imam spokesman chairman businessman policeman fireman fisherman
salesman congressman gentleman gunman actor waiter widower boyfriend fiancé guy guys male males bull rooster god
himself
"""
FEMALE: Final = """
mrs ms miss woman women girl girls mother mothers mom mum daughter daughters sister sisters wife aunt grandmother
niece queen princess lady duchess baroness empress nun spokeswoman chairwoman businesswoman policewoman congresswoman
actress waitress widow girlfriend fiancée female females ship vessel boat yacht cow hen goddess madame maternity
pregnant herself
"""

#: Whoever this is, a pronoun may mean them.
SOMEBODY: Final = """
president minister chancellor secretary premier leader head chief director manager boss owner mayor governor senator
deputy member ambassador official officer spokesperson representative candidate politician lawyer attorney judge
prosecutor doctor surgeon nurse patient victim suspect defendant witness killer attacker driver pilot passenger player
coach trainer striker goalkeeper captain champion winner author writer poet singer artist painter musician composer
conductor filmmaker producer journalist reporter editor photographer teacher professor student pupil scientist
researcher expert analyst economist historian engineer architect worker employee colleague neighbour neighbor friend
partner parent child baby teenager kid person somebody someone anyone everyone nobody one soldier commander general
colonel sergeant detective investigator inspector farmer baker butcher builder customer client user tourist visitor
guest resident citizen immigrant migrant refugee prisoner activist rival opponent successor predecessor counterpart
founder chairperson ceo boxer runner cyclist swimmer skier rider jockey horse dog cat bear wolf elephant animal
country germany france britain america russia china england italy spain ukraine mp
"""

_PRONOUNS: Final = "he him his himself she her hers herself"
#: All of these.
PEOPLE: Final = frozenset(f"{MEN} {WOMEN} {MALE} {FEMALE} {SOMEBODY} {_PRONOUNS}".split())
