import threading

from sscard_desk.domain.portrait import Grade
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
    assert {verdict.rule for verdict in verdicts if verdict.grade is Grade.UNSEEN} == {"file_size"}


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
