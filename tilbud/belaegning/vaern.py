"""The database's guard: nobody takes a place beyond what is approved and permitted, nor a merplads on days its department has no permission, whatever path is used.

The rule is that of `tilbud.pladsloft` with `udloebne`, asked of the days of the new claim from today on. Claims that stand
already, approvals that are lowered and days gone are facts; only what takes more is refused. Claims of one offer wait for
each other under an advisory lock taken after the place's (docs/samtidighed.md), so two never share the last approved place.

A resident who is moved takes no more than before (`pladsloft.nye_dage`): what a claim gives up when it is cut short is noted for
the rest of the transaction, and the next claim in the offer is asked only about the days beyond it. The note is used once, and
goes away with the transaction or the savepoint it was made in. Nobody else can have taken those days meanwhile: to others the
claim stands as it was until the transaction is committed.

Who has a merplads already keeps it, and may be moved to another of the department, though the permission has run out; days beyond
the old claim's are new. The permissions are locked while they are read, so that none is cut short beside a claim that counts on it.
"""

import pgtrigger

NAVN = "optagelse_inden_for_godkendelsen"
MERPLADS = "optagelse_merplads_har_tilladelse"
LAAS = 7301002
FRIGJORT = "belaegning.frigjort"

_HVOR = """
    SELECT a.tilbud_id, CASE WHEN p.merplads THEN a.id END INTO hvor, mer_i
        FROM tilbud_plads p JOIN tilbud_afdeling a ON a.id = p.afdeling_id WHERE p.id = NEW.plads_id;
"""
_FUNKTION = f"""
    IF TG_OP = 'UPDATE' THEN
        IF OLD.aktiv AND OLD.art IN ('hold', 'ophold') AND OLD.plads_id = NEW.plads_id AND NEW.periode <@ OLD.periode
           AND lower(NEW.periode) = lower(OLD.periode) AND NEW.periode <> OLD.periode
           AND (OLD.udloeber IS NULL OR OLD.udloeber > now()) THEN
            {_HVOR}
            PERFORM set_config('{FRIGJORT}', jsonb_build_object('tilbud', hvor, 'merplads_i', mer_i, 'ugedage',
                OLD.ugedage::text, 'dage', daterange(upper(NEW.periode), upper(OLD.periode))::text)::text, true);
        END IF;
    END IF;
    dage := NEW.periode * daterange((now() AT TIME ZONE 'Europe/Copenhagen')::date, NULL);
    IF isempty(dage) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.aktiv AND OLD.art IN ('hold', 'ophold') AND OLD.plads_id = NEW.plads_id
           AND NEW.periode <@ OLD.periode AND NEW.ugedage <@ OLD.ugedage THEN
            RETURN NULL;
        END IF;
    END IF;
    {_HVOR}
    IF mer_i IS NOT NULL THEN
        uden := datemultirange(dage);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.aktiv AND OLD.art IN ('hold', 'ophold') AND OLD.plads_id = NEW.plads_id AND NEW.ugedage <@ OLD.ugedage THEN
            uden := uden - datemultirange(OLD.periode);
        END IF;
    END IF;
    frigjort := nullif(current_setting('{FRIGJORT}', true), '')::jsonb;
    IF TG_OP = 'INSERT' AND frigjort->>'tilbud' = hvor::text THEN
        PERFORM set_config('{FRIGJORT}', '', true);
        IF NEW.ugedage <@ (frigjort->>'ugedage')::integer[] AND lower((frigjort->>'dage')::daterange) <= lower(dage) THEN
            IF frigjort->>'merplads_i' = mer_i::text THEN
                uden := uden - datemultirange((frigjort->>'dage')::daterange);
            END IF;
            IF coalesce(frigjort->>'merplads_i', mer_i::text) IS NOT DISTINCT FROM mer_i::text THEN
                dage := dage - (frigjort->>'dage')::daterange;
            END IF;
        END IF;
    END IF;
    IF NOT isempty(uden) THEN
        uden := uden - coalesce((
            SELECT range_agg(m.periode) FROM (
                SELECT periode FROM tilbud_merpladstilladelse WHERE afdeling_id = mer_i FOR SHARE
            ) m), '{{}}'::datemultirange);
        IF NOT isempty(uden) THEN
            RAISE EXCEPTION 'merplads taken without a permission from %', lower(uden)
                USING ERRCODE = 'check_violation', CONSTRAINT = '{MERPLADS}';
        END IF;
    END IF;
    IF isempty(dage) THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT FROM tilbud_tilsynsgodkendelse g
        WHERE g.tilbud_id = hvor AND g.pladser > 0 AND (upper_inf(dage) OR lower(g.periode) < upper(dage))
    ) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock({LAAS}, hashtext(hvor::text));
    -- Most claims are far from any limit: so few lie in all these days together that no one day can have too many.
    IF (
        SELECT count(*) FROM belaegning_optagelse o JOIN tilbud_plads p ON p.id = o.plads_id
        JOIN tilbud_afdeling a ON a.id = p.afdeling_id
        WHERE a.tilbud_id = hvor AND o.aktiv AND o.art IN ('hold', 'ophold') AND o.periode && dage
          AND (o.udloeber IS NULL OR o.udloeber > now())
    ) <= (
        SELECT coalesce(sum(g.pladser), 0) FROM tilbud_tilsynsgodkendelse g WHERE g.tilbud_id = hvor AND g.periode @> dage
    ) THEN
        RETURN NULL;
    END IF;
    WITH taget AS (
        SELECT o.periode, o.ugedage, p.afdeling_id, p.merplads
        FROM belaegning_optagelse o JOIN tilbud_plads p ON p.id = o.plads_id
        JOIN tilbud_afdeling a ON a.id = p.afdeling_id
        WHERE a.tilbud_id = hvor AND o.aktiv AND o.art IN ('hold', 'ophold') AND o.periode && dage
          AND (o.udloeber IS NULL OR o.udloeber > now())
    ), godkendt AS (
        SELECT periode, pladser FROM tilbud_tilsynsgodkendelse WHERE tilbud_id = hvor
    ), tilladt AS (
        SELECT m.afdeling_id, m.periode, m.pladser
        FROM tilbud_merpladstilladelse m JOIN tilbud_afdeling a ON a.id = m.afdeling_id WHERE a.tilbud_id = hvor
    ), skift AS (  -- the only days on which there can begin to be too many
        SELECT lower(dage) AS dag UNION SELECT lower(periode) FROM taget UNION SELECT lower(periode) FROM godkendt
        UNION SELECT upper(periode) FROM godkendt UNION SELECT upper(periode) FROM tilladt
    )
    SELECT min(s.dag) INTO foerste FROM skift s CROSS JOIN unnest(NEW.ugedage) AS ugedag
    WHERE dage @> s.dag
      AND EXISTS (SELECT FROM godkendt g WHERE g.pladser > 0 AND lower(g.periode) <= s.dag)
      AND (SELECT count(*) FROM taget t WHERE t.periode @> s.dag AND ugedag = ANY (t.ugedage))
        > (SELECT coalesce(sum(g.pladser), 0) FROM godkendt g WHERE g.periode @> s.dag)
        + (SELECT coalesce(sum(least(mer.antal, (
                SELECT coalesce(sum(m.pladser), 0) FROM tilladt m
                WHERE m.afdeling_id = mer.afdeling_id AND m.periode @> s.dag))), 0)
           FROM (SELECT t.afdeling_id, count(*) AS antal FROM taget t
                 WHERE t.merplads AND t.periode @> s.dag AND ugedag = ANY (t.ugedage) GROUP BY t.afdeling_id) mer);
    IF foerste IS NOT NULL THEN
        RAISE EXCEPTION 'more places taken than approved from %', foerste
            USING ERRCODE = 'check_violation', CONSTRAINT = '{NAVN}';
    END IF;
    RETURN NULL;
"""  # noqa: S608 - nothing but the constants above


def inden_for_godkendelsen() -> pgtrigger.Trigger:
    """The trigger of the ledger's table."""
    return pgtrigger.Trigger(
        name=NAVN,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.aktiv AND NEW.art IN ('hold', 'ophold')"),
        declare=[
            ("dage", "daterange"),
            ("hvor", "uuid"),
            ("mer_i", "uuid"),
            ("frigjort", "jsonb"),
            ("uden", "datemultirange"),
            ("foerste", "date"),
        ],
        func=_FUNKTION,
    )
