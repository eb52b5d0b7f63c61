"""GET /v1/health: whether the centre is up; says nothing that needs an enrolment."""

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.wire.messages import PROTOCOL, Health

PATH = "/v1/health"


def health(centre: OpenCentre, question: Question) -> Answer:  # noqa: ARG001 - one shape for all routes
    """Answer once the database can be read."""
    with centre.database.reading() as connection:
        connection.exec_driver_sql("SELECT 1")
    return Answer(Health(protocol=PROTOCOL, training=centre.training, server_ms=centre.now_ms()))
