#!/bin/sh
# Run once by PostgreSQL's image, while the volume is made. The program's user owns its database and is no superuser; the
# superuser loses its password, so that it can sign in inside the container alone.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 --set password="$TOLOV_DB_PASSWORD" <<'SQL'
create role tolov login password :'password';
create database tolov owner tolov;
alter role postgres password null;
SQL
