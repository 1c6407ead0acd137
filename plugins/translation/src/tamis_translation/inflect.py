"""The forms of English verbs, so that a rule names a verb once: `{sell}` is sell, sells, sold, selling."""

from __future__ import annotations

from functools import cache

_IRREGULAR = """
be am is are was were been being 's
bear bears bore borne born bearing
become becomes became becoming
begin begins began begun beginning
bite bites bit bitten biting
blow blows blew blown blowing
break breaks broke broken breaking
bring brings brought bringing
build builds built building
burn burns burned burnt burning
buy buys bought buying
catch catches caught catching
choose chooses chose chosen choosing
come comes came coming
cost costs costing
cut cuts cutting
do does did done doing
draw draws drew drawn drawing
drink drinks drank drunk drinking
drive drives drove driven driving
drown drowns drowned drowning
eat eats ate eaten eating
fall falls fell fallen falling
feel feels felt feeling
fight fights fought fighting
find finds found finding
fly flies flew flown flying
get gets got gotten getting
give gives gave given giving
go goes went gone going
hang hangs hung hanged hanging
have has had having 've
hear hears heard hearing
hide hides hid hidden hiding
hit hits hitting
hold holds held holding
keep keeps kept keeping
know knows knew known knowing
lay lays laid laying
lead leads led leading
leave leaves left leaving
let lets letting
lie lies lay lain lying
light lights lit lighted lighting
lose loses lost losing
make makes made making
mean means meant meaning
meet meets met meeting
pay pays paid paying
play plays played playing
put puts putting
raise raises raised raising
read reads reading
ride rides rode ridden riding
ring rings rang rung ringing
rise rises rose risen rising
run runs ran running
say says said saying
see sees saw seen seeing
sell sells sold selling
send sends sent sending
set sets setting
shake shakes shook shaken shaking
shine shines shone shining
shoot shoots shot shooting
show shows showed shown showing
sing sings sang sung singing
sink sinks sank sunk sinking
sit sits sat sitting
sleep sleeps slept sleeping
speak speaks spoke spoken speaking
spend spends spent spending
spit spits spat spitting
stand stands stood standing
steal steals stole stolen stealing
stick sticks stuck sticking
strike strikes struck striking
swallow swallows swallowed swallowing
sweep sweeps swept sweeping
swim swims swam swum swimming
take takes took taken taking
teach teaches taught teaching
tear tears tore torn tearing
tell tells told telling
think thinks thought thinking
throw throws threw thrown throwing
tie ties tied tying
turn turns turned turning
wake wakes woke woken waking
wear wears wore worn wearing
win wins won winning
write writes wrote written writing
"""
_VOWELS = "aeiou"
#: Verbs that double their last consonant though they have more than one syllable or a pattern the rule misses.
_DOUBLE = frozenset(["admit", "prefer", "refer", "occur", "permit", "commit", "regret", "transfer"])


@cache
def _irregular() -> dict[str, frozenset[str]]:
    return {line.split()[0]: frozenset(line.split()) for line in _IRREGULAR.strip().splitlines()}


def forms(verb: str) -> frozenset[str]:
    """Return the forms of the English *verb*, itself among them.

    >>> sorted(forms("plan"))
    ['plan', 'planned', 'planning', 'plans']
    """
    known = _irregular().get(verb)
    if known:
        return known
    if verb.endswith("e"):
        return frozenset((verb, verb + "s", verb + "d", verb[:-1] + "ing"))
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return frozenset((verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"))
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
    short = (
        len(verb) > 2
        and verb[-1] not in _VOWELS + "wxy"
        and verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
        and sum(letter in _VOWELS for letter in verb) == 1
    )
    stem = verb + verb[-1] if short or verb in _DOUBLE else verb
    return frozenset((verb, third, stem + "ed", stem + "ing"))
