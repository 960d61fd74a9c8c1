-- Which commands Discord has from us.

-- name: payload_hash(application, scope)$
SELECT payload_hash FROM synced WHERE application_id = :application AND scope_id = :scope;

-- name: keep(application, scope, payload_hash)^
INSERT INTO synced (application_id, scope_id, payload_hash) VALUES (:application, :scope, :payload_hash)
ON CONFLICT (application_id, scope_id) DO UPDATE SET payload_hash = excluded.payload_hash
RETURNING payload_hash;
