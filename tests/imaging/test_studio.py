import io
import threading
from datetime import date

from PIL import ExifTags, Image

from sscard_desk.domain.portrait import ONLY_OF_A_FILE, Grade
from sscard_desk.imaging.studio import Studio
from sscard_desk.ports.portrait_studio import PortraitStudio
from sscard_desk.resources import built


def test_a_file_becomes_a_portrait_and_a_preview(rules):
    studio: PortraitStudio = Studio(rules)
    picture = studio.decode(built("training", "camera", "person-00.jpg").read_bytes())
    portrait = studio.make(picture)
    assert portrait.acceptable
    assert studio.preview(studio.decode(portrait.jpeg), 179, 441).width == 179


def test_live_verdicts_come_in_the_order_of_the_rules(rules, scene):
    studio = Studio(rules)
    verdicts = studio.judge(studio.measure(scene("person-00")))
    assert [verdict.rule for verdict in verdicts] == [rule.key for rule in rules.rules]
    seen = {verdict.rule for verdict in verdicts if verdict.grade not in {Grade.UNSEEN, Grade.ASKS}}
    assert seen == {rule.key for rule in rules.rules} - ONLY_OF_A_FILE


def test_two_threads_measure_the_same(rules, scene):
    studio = Studio(rules)
    here = studio.measure(scene("person-00"))
    there = []
    threads = [threading.Thread(target=lambda: there.append(studio.measure(scene("person-00")))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert there == [here, here]


def test_the_clerks_answer_is_judged_and_recorded(rules, scene):
    studio = Studio(rules)
    portrait = studio.make(scene("person-00"))
    assert portrait.asks == ("head_covering",)
    bare, covered = (studio.answered(portrait, {"head_covering": value}) for value in (0.0, 1.0))
    assert (bare.asks, bare.measures["head_covering"]) == ((), 0.0)
    assert [verdict.rule for verdict in covered.verdicts if verdict.grade is Grade.WARNS] == ["head_covering"]


def test_the_age_of_a_photo_comes_from_its_file(rules, scene):
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal: "2026:01:10 10:42:00"}
    file = io.BytesIO()
    Image.fromarray(scene("person-00")[..., ::-1]).save(file, "JPEG", quality=90, exif=exif)
    made = Studio(rules).make_from_file(file.getvalue(), date(2026, 11, 23))
    assert made.measures["photo_age"] == 317
    assert [verdict.advice for verdict in made.verdicts if verdict.grade is Grade.WARNS] == ["photo.advice.newer_photo"]
    by_source = Studio(rules).make_from_file(file.getvalue(), date(2026, 11, 23), taken=date(2026, 11, 13))
    assert by_source.measures["photo_age"] == 10
