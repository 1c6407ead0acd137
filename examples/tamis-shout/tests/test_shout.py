"""What the step `shout` does."""

from pathlib import Path

from tamis_shout import Shout

import tamis
import tamis.testing

TEXT = "STOP ALL THE PRESSES! The ferry is back."


def test_a_run_of_capitals_is_cut():
    doc = tamis.Document(TEXT)
    assert list(Shout().find(doc)) == [doc.cut((0, 20), "shouting")]


def test_an_abbreviation_stays():
    assert list(Shout().find(tamis.Document("The UNESCO met in the USA."))) == []


def test_the_example_pipeline_cuts_shouting(pipeline):
    example = Path(__file__).parents[1] / "pipeline.yaml"
    assert pipeline(example)(TEXT).text == "! The ferry is back."


@tamis.testing.checks(Shout(), Shout(longest=20), texts=TEXT)
def test_the_step_keeps_the_rules(check):
    check()
