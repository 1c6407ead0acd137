"""The texts that every step is tested on: a few ordinary pages, and the nasty ones that the web hands over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Pages as a scraper hands them over, in several languages; each step should find something in one of them.
ORDINARY: Final[Mapping[str, str]] = {
    "English page": (
        "Ferry line to reopen in spring\n\n"
        "The ferry at Portreath, May 4, 2021. ANNA LUND / AFP\n\n"
        "The county council voted on Tuesday to reopen the ferry line, closed since the storms of 2019. "
        "“We waited three years for this,” said Mary Penrose, who runs the harbour café. "
        "The minister welcomed a wonderful result; opponents called the cost a disaster.\n\n"
        "Read also: The bridge that nobody wanted\n\n"
        "The government will sign a trade agreement on oil, gas and electricity exports with Norway in June.\n\n"
        "Subscribe to our newsletter. You have 40% of this article left to read.\n"
    ),
    "translated page": (
        "The minister has declared that it was necessary « to turn the page », according to our colleagues of the "
        "newspaper . The agreement , signed the last Monday in Paris, foresees 3,5 billions of euros on five years.\n"
    ),
    "French page": (
        "Le conseil régional a voté mardi la réouverture de la ligne. « Nous attendions cela depuis trois ans », a "
        "déclaré la patronne du café du port.\n\nLire aussi : Le pont dont personne ne voulait\n"
    ),
    "German page": "Der Landtag hat am Dienstag beschlossen, die Fähre fahren zu lassen. Lesen Sie auch: Am Hafen\n",
    "Chinese page": "县议会星期二投票决定重新开放轮渡航线。“我们等了三年，”港口咖啡馆的老板说。\n",
    "Arabic page": "صوت المجلس يوم الثلاثاء على إعادة فتح خط العبارات المغلق منذ عام 2019.\n",
    "list of links": "HOME\nWORLD NEWS\nSPORT\nSubscribe now\nShare on Facebook\n© 2024 The Portreath Courier\n",
    "shouting": "BREAKING NEWS FROM THE HARBOUR. The ferry is back! THIS IS NOT A DRILL!!!\n",
}

#: Texts that have broken text tools; a step finds what it finds in them, and raises nothing.
NASTY: Final[Mapping[str, str]] = {
    "empty": "",
    "white space": " \t\n\u00a0\u2003 \n",
    "line feeds": "\n" * 50,
    "one letter": "x",
    "lone combining mark": "\u0301",
    "stacked combining marks": "Z" + "\u0351\u0315\u0300\u0352" * 100,
    "astral": "\U0001d4b3\U0001f469\u200d\U0001f680 \U00020000\U0002a6d6 news",
    "right-to-left override": "The \u202eswen fo ecnelis\u202c of the harbour.",
    "10,000 of one letter": "a" * 10_000,
    "10,000 spaces": "a" + " " * 10_000 + "b",
    "CRLF": "Title\r\n\r\nFirst paragraph.\r\nRead also: other news\r\n",
    "lone carriage returns": "Title\rFirst paragraph.\rSecond.\r",
    "NUL": "The\x00news\x00\x00 of the day.",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029",
    "lone surrogates": "The \ud800 news \udfff of the day\udcff.",
    "byte-order mark": "\ufeffThe news\ufeff of the day.",
    "replacement characters": "caf\ufffd \ufffd\ufffd\ufffd",
    "zero-width": "The\u200b \u200cnews\u2060 of\u00ad the day.",
    "punctuation": "“”‘’«»()[]{}<>!?.,;:…—–-'\"" * 20,
    "open quotes": '“‘«"(' * 100,
    "digits": "0123456789 4,7 % 1.000.000 12:30 " * 10,
    "upper and lower": "İstanbul ıŞIK ǅungla straße STRASSE ﬁn ΣΊΣΥΦΟΣ",
    "markup": "<script>alert(1)</script> &amp; <b>bold</b> {{ x }} %s \\1 ${HOME}",
    "one long line": "The ferry is back and the harbour is open again, said the mayor. " * 100,
}
