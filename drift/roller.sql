-- The two login roles and the database; run by psql as superuser, by the embedded server at every start and by the
-- container's PostgreSQL when its volume is new. May be run again and again.
--
-- rammeaftale_ejer  owns the database and every table: migrations only. Row-level security does not bind an owner.
-- rammeaftale_app   the application: owns nothing, bypasses nothing; its grants are given after each migrate.
--
-- Passwords come from the environment; without them (the embedded server, whose socket is private) none is set.
\getenv ejer_adgangskode EJER_ADGANGSKODE
\getenv app_adgangskode APP_ADGANGSKODE

SELECT 'CREATE ROLE rammeaftale_ejer LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rammeaftale_ejer') \gexec
SELECT 'CREATE ROLE rammeaftale_app LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rammeaftale_app') \gexec
ALTER ROLE rammeaftale_ejer NOSUPERUSER NOCREATEROLE CREATEDB;
ALTER ROLE rammeaftale_app NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS;

-- Reading a page out of order costs no more than in order on SSDs and in memory. With the default (4, for disks that turn) the
-- search reads every claim in the ledger instead of those of the places in question.
ALTER ROLE rammeaftale_ejer SET random_page_cost = 1.1;
ALTER ROLE rammeaftale_app SET random_page_cost = 1.1;

\if :{?ejer_adgangskode}
ALTER ROLE rammeaftale_ejer PASSWORD :'ejer_adgangskode';
\endif
\if :{?app_adgangskode}
ALTER ROLE rammeaftale_app PASSWORD :'app_adgangskode';
\endif

SELECT 'CREATE DATABASE rammeaftale OWNER rammeaftale_ejer'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'rammeaftale') \gexec

\connect rammeaftale
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
