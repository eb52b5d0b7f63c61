-- lists that operators bring in: how far each is, what is wrong with it; nothing of what stands in it
CREATE TABLE operator_job (
    id TEXT PRIMARY KEY,
    operator TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    state TEXT NOT NULL,
    looked_at INTEGER NOT NULL,
    wrong INTEGER NOT NULL,
    problems TEXT NOT NULL,
    changed INTEGER NOT NULL,
    code TEXT NOT NULL,
    begun_ms INTEGER NOT NULL,
    beat_ms INTEGER NOT NULL
);
CREATE INDEX operator_job_begun ON operator_job (begun_ms);
-- acts that wait for a second operator, where the centre asks for one
CREATE TABLE operator_wish (
    id TEXT PRIMARY KEY,
    operator TEXT NOT NULL,
    act TEXT NOT NULL,
    object TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT NOT NULL
)
