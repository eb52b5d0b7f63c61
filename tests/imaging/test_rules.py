import subprocess
import sys
import tomllib
from dataclasses import fields
from datetime import date

import pytest

from sscard_desk.domain.portrait import ONLY_OF_A_FILE, Grade, PortraitMeasures
from sscard_desk.imaging.rules import load_rules, parse_rules, rule_sets
from sscard_desk.resources import resource
from sscard_desk.texts import LANGUAGES, Catalogue


@pytest.mark.parametrize(
    ("key", "minimum", "maximum"),
    [
        ("face_width", 179, 255),
        ("eye_line", 207, None),
        ("head_top", 7, 21),
        ("eye_midpoint", 162, 196),
        ("file_size", 14336, 40000),
    ],
)
def test_the_limits_are_those_of_the_requirement(rules, key, minimum, maximum):
    rule = rules.limit(key)
    assert (rule.minimum, rule.maximum) == (minimum, maximum)
    assert not rule.own_choice


def test_what_no_source_says_is_labelled_as_our_own_choice(rules):
    own = {rule.key for rule in rules.rules if rule.own_choice}
    assert {"background", "sharpness", "roll"} <= own


def test_limits_count_as_inside(rules):
    assert rules.limit("face_width").judge(179).grade is Grade.FITS
    assert rules.limit("face_width").judge(255).grade is Grade.FITS
    assert rules.limit("face_width").judge(178.4).grade is Grade.REFUSES


def test_a_value_is_judged_as_it_is_shown(rules):
    assert rules.limit("roll").judge(3.04).grade is Grade.FITS
    assert rules.limit("roll").judge(3.06).grade is Grade.WARNS


def test_each_side_of_a_rule_has_its_own_advice(rules):
    assert rules.limit("roll").judge(-4).advice == "photo.advice.tilt_left"
    assert rules.limit("roll").judge(4).advice == "photo.advice.tilt_right"


def test_what_was_not_measured_is_neither_good_nor_bad(rules):
    assert rules.limit("roll").judge(None).grade is Grade.UNSEEN


def test_an_unknown_rule_is_a_key_error(rules):
    with pytest.raises(KeyError):
        rules.limit("hat")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", rule_sets())
def test_every_rule_and_every_advice_has_a_text(name, language):
    texts, rules = Catalogue(language), load_rules(name)
    for rule in rules.rules:
        assert texts(f"photo.rule.{rule.key}")
        for limit, advice in ((rule.minimum, rule.below), (rule.maximum, rule.above)):
            assert (limit is None) == (advice == ""), rule.key
            if advice:
                assert texts(f"photo.advice.{advice}")
        assert not rule.asks or texts(f"photo.advice.{rule.asks}")
        if rule.unit:
            assert texts(f"photo.unit.{rule.unit}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_grade_has_a_text(language):
    assert all(Catalogue(language)(f"photo.grade.{grade.value}") for grade in Grade)


def test_both_languages_have_the_same_texts():
    first, second = (set(Catalogue(language).subject("photo")) for language in LANGUAGES)
    assert first == second


@pytest.mark.parametrize("name", rule_sets())
def test_what_is_made_is_what_is_asked_for(name):
    rules = load_rules(name)
    size = rules.limit("file_size")
    assert (size.minimum, size.maximum) == (rules.file.minimum, rules.file.maximum)
    for key, made in (
        ("picture_width", rules.placement.width),
        ("picture_height", rules.placement.height),
        ("dpi", rules.dpi),
    ):
        assert rules.limit(key).judge(made).grade is Grade.FITS


def test_three_sets_ship_and_each_says_its_own_name():
    assert rule_sets() == ("exit_entry", "ga461", "social_security_card")
    assert [load_rules(name).key for name in rule_sets()] == list(rule_sets())


def test_a_set_takes_over_what_it_does_not_say_itself(rules):
    ga461 = load_rules("ga461")
    assert (ga461.limit("face_width").minimum, ga461.limit("face_width").maximum) == (193, 221)
    assert ga461.limit("sharpness") == rules.limit("sharpness")
    assert [rule.key for rule in ga461.rules] == [rule.key for rule in rules.rules]
    with pytest.raises(KeyError):
        load_rules("exit_entry").limit("eye_line")


def test_measures_and_rules_speak_of_the_same(rules):
    measured = {field.name for field in fields(PortraitMeasures)} | {"faces"} | ONLY_OF_A_FILE
    for name in rule_sets():
        assert {rule.key for rule in load_rules(name).rules} <= measured


def test_a_question_waits_for_its_answer(rules):
    rule = rules.limit("head_covering")
    assert (rule.judge(None).grade, rule.judge(None).advice) == (Grade.ASKS, "photo.advice.ask_head_covering")
    assert (rule.judge(0).grade, rule.judge(1).grade) == (Grade.FITS, Grade.WARNS)


@pytest.mark.parametrize(("born", "exempt"), [((2019, 11, 24), True), ((2019, 11, 23), False), ((1990, 1, 1), False)])
def test_a_child_is_exempt_until_the_birthday(rules, born, exempt):
    assert rules.exempts(date(*born), date(2026, 11, 23)) is exempt


def test_rules_and_cases_agree_from_which_age_a_portrait_is_needed(rules):
    cases = tomllib.loads(resource("cases", "cases.toml").read_text(encoding="utf-8"))["case"]
    child = next(case for case in cases if case.get("photo_exempt"))
    assert child["when"]["age_below"] == rules.exempt_below_years


def test_another_citys_rules_come_from_another_table():
    path = resource("photo_rules", "social_security_card.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    table["file"] |= {"minimum": 5 * 1024, "maximum": 50 * 1024}
    table["picture"] |= {"width": 236, "height": 295, "dpi": 300}
    other = parse_rules(table)
    assert other.file.maximum == 51200
    assert (other.placement.width, other.placement.height, other.dpi) == (236, 295, 300)
    assert load_rules(path).placement.width == 358


def test_rules_and_studio_are_made_without_opencv():
    code = (
        "import sys; from sscard_desk.imaging.studio import Studio; from sscard_desk.imaging.rules import load_rules;"
        "from sscard_desk.devices.camera.opencv import OpenCvCamera;"
        "Studio(load_rules()); OpenCvCamera('0').probe();"
        "sys.exit('cv2' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
