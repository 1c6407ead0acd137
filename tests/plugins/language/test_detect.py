"""What language a text is in."""

from __future__ import annotations

import unicodedata

import pytest

from tamis.errors import ConfigError
from tamis_language import LANGUAGES
from tamis_language import LanguageDetector
from tamis_language import detect

SENTENCES = {
    "af": "Die minister het gister gesê dat die regering nie meer geld vir die skole het nie.",
    "ar": "أعلن الوزير أمس أن الحكومة ستبني مدرسة جديدة في المدينة.",
    "az": "Nazir dünən bildirdi ki, hökumət şəhərdə yeni məktəb tikəcək.",
    "be": "Міністр учора паведаміў, што ўрад пабудуе ў горадзе новую школу.",
    "bg": "Министърът съобщи вчера, че правителството ще построи ново училище в града.",
    "ca": "El ministre va anunciar ahir que el govern construirà una escola nova a la ciutat.",
    "cs": "Ministr včera oznámil, že vláda ve městě postaví novou školu.",
    "da": "Ministeren sagde i går, at regeringen vil bygge en ny skole i byen.",
    "de": "Der Minister sagte gestern, dass die Regierung in der Stadt eine neue Schule bauen wird.",
    "en": "The minister said yesterday that the government would build a new school in the city.",
    "es": "El ministro anunció ayer que el gobierno construirá una nueva escuela en la ciudad.",
    "eu": "Ministroak atzo esan zuen gobernuak eskola berri bat eraikiko duela hirian.",
    "fa": "وزیر دیروز گفت که دولت در این شهر یک مدرسه جدید خواهد ساخت.",
    "fi": "Ministeri kertoi eilen, että hallitus rakentaa kaupunkiin uuden koulun.",
    "fr": "Le ministre a annoncé hier que le gouvernement construira une nouvelle école dans la ville.",
    "hi": "मंत्री ने कल कहा कि सरकार शहर में एक नया स्कूल बनाएगी।",
    "hu": "A miniszter tegnap azt mondta, hogy a kormány új iskolát épít a városban.",
    "is": "Ráðherrann sagði í gær að ríkisstjórnin myndi byggja nýjan skóla í borginni.",
    "it": "Il ministro ha annunciato ieri che il governo costruirà una nuova scuola in città.",
    "kk": "Министр кеше үкімет қалада жаңа мектеп салатынын айтты.",
    "ky": "Министр кечээ өкмөт шаарда жаңы мектеп курарын билдирди.",
    "mn": "Засгийн газар хотод шинэ сургууль барина гэж сайд өчигдөр мэдэгдэв.",
    "nl": "De minister zei gisteren dat de regering in de stad een nieuwe school zal bouwen.",
    "no": "Statsråden sa i går at regjeringen vil bygge en ny skole i byen.",
    "pl": "Minister powiedział wczoraj, że rząd zbuduje w mieście nową szkołę.",
    "pt": "O ministro anunciou ontem que o governo vai construir uma nova escola na cidade.",
    "ro": "Ministrul a anunțat ieri că guvernul va construi o școală nouă în oraș.",
    "ru": "Министр вчера сообщил, что правительство построит в городе новую школу.",
    "sr": "Министар је јуче рекао да ће влада изградити нову школу у граду.",
    "sv": "Ministern sade i går att regeringen ska bygga en ny skola i staden.",
    "tr": "Bakan dün hükümetin şehirde yeni bir okul inşa edeceğini söyledi.",
    "uk": "Міністр учора повідомив, що уряд збудує в місті нову школу.",
    "ur": "وزیر نے کل کہا کہ حکومت شہر میں ایک نیا اسکول بنائے گی۔",
    "uz": "Vazir kecha hukumat shaharda yangi maktab qurishini aytdi.",
    "vi": "Hôm qua bộ trưởng nói rằng chính phủ sẽ xây một trường học mới trong thành phố.",
    "zh": "部长昨天表示，政府将在该市建一所新学校。",
}

BY_SCRIPT = {
    "am": "ሰላም ለሁላችሁ",
    "bn": "আজকের খবর",
    "el": "η κυβέρνηση",
    "gu": "આજના સમાચાર",
    "he": "הממשלה",
    "hy": "կառավարություն",
    "ja": "ニュースを読む",
    "ka": "მთავრობა",
    "km": "រដ្ឋាភិបាល",
    "kn": "ಸರ್ಕಾರ",
    "ko": "정부는 어제",
    "lo": "ລັດຖະບານ",
    "ml": "സർക്കാർ",
    "my": "အစိုးရ",
    "pa": "ਸਰਕਾਰ",
    "si": "රජය",
    "ta": "அரசாங்கம்",
    "te": "ప్రభుత్వం",
    "th": "รัฐบาล",
}

NO_LANGUAGE = [
    "",
    " \t\r\n",
    "12/11/2024",
    "42.14% 1,000 10:30",
    "https://example.org/news?id=12",
    "desk@example.org",
    "d41d8cd98f00b204e9800998ecf8427e",
    "🚀🔥✅",
    "{'a': [1, 2], 'b': 3}",
    "for(i=0;i<10;i++){x[i]=0;}",
    "XQZ 12.50 +1.3% WVV 8.10 -0.2%",
    "\x00\x01\x02",
    "\ud800",
    "\u0301\u0301",
    "…—–!?",
    "zzzzzzzzzzzz",
    "sdfg sdfg sdfg",
]


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_in_its_language(language: str) -> None:
    assert detect(SENTENCES[language])[0] == language


@pytest.mark.parametrize("language", sorted(set(SENTENCES) - {"ar", "fa", "hi", "ur", "zh"}))
def test_capitals_change_no_language(language: str) -> None:
    assert detect(SENTENCES[language].upper())[0] == language


@pytest.mark.parametrize("language", BY_SCRIPT)
def test_a_script_of_one_language_says_it_in_a_word(language: str) -> None:
    assert detect(BY_SCRIPT[language])[0] == language


@pytest.mark.parametrize("text", NO_LANGUAGE)
def test_a_text_without_language_is_und(text: str) -> None:
    assert detect(text)[0] == "und"


def test_a_script_of_no_known_language_is_said_with_und() -> None:
    assert detect("བོད་ཡིག་གི་གསར་འགྱུར")[0] == "und-Tibt"


def test_addresses_numbers_and_handles_do_not_hide_the_language() -> None:
    noise = "https://example.org/en/the-news 12.5% @desk #1 "
    assert detect(noise + SENTENCES["fi"] + noise)[0] == "fi"


@pytest.mark.parametrize("language", SENTENCES)
def test_what_agencies_and_sites_put_around_an_article_does_not_hide_its_language(language: str) -> None:
    article = (
        f"(Reuters) - {SENTENCES[language]} Photo: AP/John Smith\n{SENTENCES[language]}\nhttps://t.co/x © 2024 DPA"
    )
    assert detect(article)[0] == language


@pytest.mark.parametrize(
    "language", ["cs", "da", "de", "es", "fi", "fr", "hu", "is", "it", "no", "pl", "pt", "ro", "sv", "tr"]
)
def test_a_sentence_without_its_accents_is_in_its_language(language: str) -> None:
    letters = unicodedata.normalize("NFD", SENTENCES[language])
    assert detect("".join(letter for letter in letters if not unicodedata.combining(letter)))[0] == language


def test_composed_and_decomposed_letters_are_the_same() -> None:
    text = SENTENCES["vi"]
    assert detect(unicodedata.normalize("NFD", text)) == detect(text)


def test_letters_in_other_shapes_are_the_same_letters() -> None:
    assert detect("The ﬁnal ofﬁcer ﬂed.") == detect("The final officer fled.")
    assert detect("Ｔｈｅ　ｍｉｎｉｓｔｅｒ　ｒｅｓｉｇｎｅｄ") == detect("The minister resigned")
    assert detect("ﺍﻟﺤﻜﻮﻣﺔ ﺗﺒﻨﻲ ﻣﺪﺭﺳﺔ") == detect("الحكومة تبني مدرسة")


def test_latin_names_do_not_hide_another_script() -> None:
    assert detect("Компания Microsoft Corporation объявила о сделке")[0] == "ru"


def test_the_probabilities_sum_to_one_and_begin_with_the_best() -> None:
    answer = LanguageDetector().detect("politik")
    assert abs(sum(answer.scores.values()) - 1) < 1e-9
    assert answer.score == max(answer.scores.values()) == answer.scores[answer.language]


def test_a_word_is_less_certain_than_a_sentence() -> None:
    assert detect("regering")[1] < detect(SENTENCES["da"])[1]


def test_the_choice_can_be_narrowed() -> None:
    narrow = LanguageDetector(["da", "sv"])
    assert narrow.detect(SENTENCES["no"]).language == "da"
    assert narrow.detect(SENTENCES["ru"]).language == "und-Cyrl"


def test_an_unknown_language_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match="did you mean"):
        LanguageDetector(["fra"])


def test_bytes_are_refused_and_told_how_to_become_text() -> None:
    with pytest.raises(TypeError, match="not bytes: decode them first"):
        detect(b"text")  # type: ignore[arg-type]


def test_a_long_text_costs_as_much_as_its_sample() -> None:
    from tamis_language.letters import sample

    assert len(sample("The ferry is back. " * 100_000)) < 1000


def test_every_language_of_the_model_is_announced() -> None:
    from tamis_language.model import blocks
    from tamis_language.scripts import DECIDES

    told = {language for block in blocks().values() for language in block.languages} | set(DECIDES.values())
    assert told - {"und"} == set(LANGUAGES)
