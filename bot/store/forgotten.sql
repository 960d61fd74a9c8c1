-- Who had everything deleted, as keyed hashes.

-- name: key(name)$
SELECT value FROM secrets WHERE name = :name;

-- name: keep_key(name, value)^
INSERT INTO secrets (name, value) VALUES (:name, :value)
RETURNING name;

-- name: people()
SELECT person_hash FROM forgotten;

-- name: since(person)$
SELECT forgotten_at FROM forgotten WHERE person_hash = :person;

-- name: forget(person, now)^
INSERT INTO forgotten (person_hash, forgotten_at) VALUES (:person, :now)
ON CONFLICT (person_hash) DO UPDATE SET forgotten_at = excluded.forgotten_at
RETURNING person_hash;

-- name: lift(person)^
DELETE FROM forgotten WHERE person_hash = :person
RETURNING person_hash;
