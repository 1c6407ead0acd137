"""The forms of English verbs: "deny" is "denies", "denied", "denying", "shoot" is "shot"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

#: The base form, the third person, the past, the participle, the form in -ing.
BASE, PRESENT, PAST, PARTICIPLE, ING = TAGS = ("base", "present", "past", "participle", "ing")

_VOWELS: Final = "aeiou"
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh", "o")
#: Endings of verbs of several syllables that double their last consonant ("admitted").
_DOUBLING: Final = ("mit", "fer", "cur", "pel", "bel", "gret", "bet", "hor", "bar", "trol", "cel", "vel", "nap", "quip")
#: Base, past and participle; with `*` the regular forms are in use too.
_IRREGULAR: Final = """
arise arose arisen, bear bore borne, beat beat beaten, become became become, begin began begun, bend bent bent, bet*
bet bet, bind bound bound, bite bit bitten, bleed bled bled, blow blew blown, break broke broken, breed bred bred,
bring brought brought, broadcast* broadcast broadcast, build built built, burn* burnt burnt, burst burst burst, buy
bought bought, cast cast cast, catch caught caught, choose chose chosen, cling clung clung, come came come, cost cost
cost, creep crept crept, cut cut cut, deal dealt dealt, dig dug dug, do did done, draw drew drawn, dream* dreamt
dreamt, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen, feed fed fed, feel felt felt, fight
fought fought, find found found, flee fled fled, fling flung flung, fly flew flown, forbid forbade forbidden, foresee
foresaw foreseen, forget forgot forgotten, forgive forgave forgiven, forgo forwent forgone, freeze froze frozen, give
gave given, go went gone, grind ground ground, grow grew grown, hang* hung hung, have had had, hear heard heard, hide
hid hidden, hit hit hit, hold held held, hurt hurt hurt, keep kept kept, kneel* knelt knelt, know knew known, lay laid
laid, lead led led, leap* leapt leapt, learn* learnt learnt, leave left left, lend lent lent, let let let, lie lay
lain, light* lit lit, lose lost lost, make made made, mean meant meant, meet met met, mislead misled misled, mistake
mistook mistaken, offset offset offset, outbid outbid outbid, outdo outdid outdone, outrun outran outrun, overcome
overcame overcome, override overrode overridden, overrun overran overrun, oversee oversaw overseen, overtake overtook
overtaken, overthrow overthrew overthrown, pay paid paid, plead* pled pled, prove* proved proven, put put put, quit
quit quit, read read read, rebuild rebuilt rebuilt, retake retook retaken, rid rid rid, ride rode ridden, ring rang
rung, rise rose risen, run ran run, say said said, see saw seen, seek sought sought, sell sold sold, send sent sent,
set set set, shake shook shaken, shed shed shed, shine shone shone, shoot shot shot, shrink shrank shrunk, shut shut
shut, sing sang sung, sink sank sunk, sit sat sat, slay slew slain, sleep slept slept, slide slid slid, sling slung
slung, slit slit slit, speak spoke spoken, speed* sped sped, spend spent spent, spill* spilt spilt, spin spun spun,
spit spat spat, split split split, spoil* spoilt spoilt, spread spread spread, spring sprang sprung, stand stood
stood, steal stole stolen, stick stuck stuck, sting stung stung, stink stank stunk, strike struck struck, strive
strove striven, swear swore sworn, sweep swept swept, swell* swelled swollen, swim swam swum, swing swung swung, take
took taken, teach taught taught, tear tore torn, tell told told, think thought thought, throw threw thrown, thrust
thrust thrust, tread trod trodden, undergo underwent undergone, understand understood understood, undertake undertook
undertaken, undo undid undone, uphold upheld upheld, upset upset upset, wake woke woken, wear wore worn, weep wept
wept, win won won, wind wound wound, withdraw withdrew withdrawn, withhold withheld withheld, withstand withstood
withstood, wring wrung wrung, write wrote written
"""
_TABLE: Final = {
    base.rstrip("*"): (past, participle, base.endswith("*"))
    for base, past, participle in (entry.split() for entry in _IRREGULAR.split(","))
}
#: The participles that do not end in -ed or -en.
IRREGULAR_PARTICIPLES: Final = frozenset(participle for _, participle, _ in _TABLE.values())


def forms(base: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of the verb *base*, each with its tag; a form may come twice.

    >>> [form for form, _ in forms("deny")]
    ['deny', 'denies', 'denying', 'denied', 'denied']
    """
    yield base, BASE
    consonant_y = base.endswith("y") and base[-2:-1] not in _VOWELS
    if base == "have":
        yield "has", PRESENT
    else:
        yield base[:-1] + "ies" if consonant_y else base + ("es" if base.endswith(_SIBILANTS) else "s"), PRESENT
    stem = base + base[-1] if _doubles(base) else base
    yield from ((form, ING) for form in dict.fromkeys((_ing(base), _ing(stem))))
    past, participle, regular = _TABLE.get(base, ("", "", True))
    if past:
        yield past, PAST
        yield participle, PARTICIPLE
    if regular:
        plain = base[:-1] + "ied" if consonant_y else base + ("d" if base.endswith("e") else "ed")
        for form in dict.fromkeys((plain, stem + "ed" if stem != base else plain)):
            yield form, PAST
            yield form, PARTICIPLE


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    return (base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base) + "ing"


def _doubles(base: str) -> bool:
    """Return whether the last consonant can be doubled: "stop", "admit"."""
    if len(base) <= 2 or base[-1] in _VOWELS + "wxy" or base[-2] not in _VOWELS or base[-3] in _VOWELS:
        return False
    syllables = sum(letter in _VOWELS and (at == 0 or base[at - 1] not in _VOWELS) for at, letter in enumerate(base))
    return syllables == 1 or base.endswith(_DOUBLING)
