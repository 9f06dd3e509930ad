"""The veto as a rule of the database: no agreement is adopted without every party of that day, whatever path is used.

Checked when the transaction commits (deferred), so that an agreement and its approvals can be written in any order. What is
asked stands in the functions `rammeaftale_kraev_enighed`, which takes the agreement's lock first, so that of two that commit at
once the second sees the first, and `rammeaftale_enige`, both of migration 0021_vedtaget_den_dag_alle_var_enige.
"""

import pgtrigger

_ANDRE_VILKAAR = """
    IF EXISTS (
        WITH seneste AS (
            SELECT DISTINCT ON (u.version_id, u.klausul_id) u.version_id, u.klausul_id, u.id, u.udgaar, u.ophaever
            FROM rammeaftale_klausuludgave u
            WHERE u.version_id IN (
                NEW.version_id, (SELECT g.version_id FROM rammeaftale_godkendelse g WHERE g.id = NEW.viderefoert_fra_id)
            )
            ORDER BY u.version_id, u.klausul_id, u.udgave DESC
        ), bindende AS (
            SELECT s.version_id, v.noegle AS hvad, v.vaerdi AS hvordan
            FROM seneste s JOIN rammeaftale_klausulvilkaar v ON v.udgave_id = s.id
            WHERE NOT s.udgaar
            UNION ALL
            SELECT s.version_id, 'ophæver', k.forgaenger_id::text
            FROM seneste s JOIN rammeaftale_klausul k ON k.id = s.klausul_id
            WHERE s.ophaever AND NOT s.udgaar
        )
        SELECT FROM bindende GROUP BY hvad, hvordan HAVING count(DISTINCT version_id) < 2
    ) THEN
        RAISE EXCEPTION 'En godkendelse føres ikke videre til andre vilkår'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'godkendelse_viderefoeres_kun_til_samme_vilkaar';
    END IF;
    RETURN NEW;
"""

_IKKE_DAGEN_FOER = """
    IF TG_OP = 'UPDATE' THEN
        IF OLD.vedtaget IS NOT DISTINCT FROM NEW.vedtaget THEN RETURN NULL; END IF;
    END IF;
    IF rammeaftale_enige(NEW.id, NEW.vedtaget - 1) THEN
        RAISE EXCEPTION 'Aftalen er vedtaget den dag, den sidste part godkendte den'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rammeaftale_vedtaget_paa_sidste_beslutning';
    END IF;
    RETURN NULL;
"""

_AFTALENS_PARTER = """
    IF TG_OP = 'UPDATE' THEN
        IF OLD.vedtaget IS NOT DISTINCT FROM NEW.vedtaget THEN RETURN NULL; END IF;
    END IF;
    IF EXISTS (
        SELECT FROM rammeaftale_part p
        WHERE p.aftale_id = NEW.hovedaftale_id AND p.periode @> afgoeres AND NOT EXISTS (
            SELECT FROM rammeaftale_part q
            WHERE q.aftale_id = NEW.id AND q.organisation_id = p.organisation_id AND q.periode @> afgoeres
        )
    ) THEN
        RAISE EXCEPTION 'En allonge vedtages af alle, der er part i aftalen den dag'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allonge_vedtages_af_aftalens_parter';
    END IF;
    RETURN NULL;
"""


_STAAR_FAST = """
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.aftale_id, OLD.organisation_id, OLD.periode) = (NEW.aftale_id, NEW.organisation_id, NEW.periode) THEN
            RETURN NEW;
        END IF;
    END IF;
    SELECT a.tilstand, a.kkr_id, least(greatest(lower(a.periode), a.vedtaget), upper(a.periode) - 1) AS dag INTO aftale
    FROM rammeaftale_rammeaftale a WHERE a.id = OLD.aftale_id;
    IF aftale.tilstand <> 'vedtaget' AND EXISTS (
        SELECT FROM rammeaftale_version v WHERE v.aftale_id = OLD.aftale_id AND v.sendt IS NOT NULL
    ) THEN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'Ingen part fjernes, når aftalen har været sendt til godkendelse'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'part_staar_fast';
        END IF;
        SELECT CASE WHEN bool_or(upper_inf(d.periode)) THEN NULL ELSE max(upper(d.periode)) END INTO registret
        FROM (
            SELECT m.periode FROM kommuner_kkrmedlemskab m JOIN kommuner_kommune k ON k.kommunekode = m.kommune_id
            WHERE m.kkr_id = aftale.kkr_id AND k.organisation_id = OLD.organisation_id
            UNION ALL
            SELECT r.periode FROM kommuner_regionmedlemskab r
            WHERE r.region_id = OLD.organisation_id AND EXISTS (
                SELECT FROM kommuner_kkrmedlemskab m
                WHERE m.kkr_id = aftale.kkr_id AND m.kommune_id = r.kommune_id AND m.periode && r.periode
            )
        ) d;
        IF (NEW.aftale_id, NEW.organisation_id) <> (OLD.aftale_id, OLD.organisation_id)
            OR lower(NEW.periode) > lower(OLD.periode)
            OR (
                coalesce(upper(NEW.periode), 'infinity') < coalesce(upper(OLD.periode), 'infinity')
                AND upper(NEW.periode) IS DISTINCT FROM registret
            )
        THEN
            RAISE EXCEPTION 'En part med veto holder kun op den dag, registret siger'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'part_staar_fast';
        END IF;
    END IF;
    IF aftale.tilstand = 'vedtaget' AND OLD.periode @> aftale.dag THEN
        IF TG_OP = 'DELETE' OR NEW.organisation_id <> OLD.organisation_id OR NOT NEW.periode @> aftale.dag THEN
            RAISE EXCEPTION 'De parter, der vedtog aftalen, var parter den dag'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'part_staar_fast';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def staar_fast() -> pgtrigger.Trigger:
    """Trigger for parties: nobody who has been asked loses its veto but by the register, and those who adopted were parties that day."""
    return pgtrigger.Trigger(
        name="part_staar_fast",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        declare=[("aftale", "record"), ("registret", "date")],
        func=_STAAR_FAST,
    )


def samme_vilkaar() -> pgtrigger.Trigger:
    """Trigger for approvals: one carried over from an earlier version stands on a version that sets the very same terms and repeals the same clauses."""
    return pgtrigger.Trigger(
        name="godkendelse_viderefoeres_kun_til_samme_vilkaar",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__viderefoert_fra__isnull=False),
        func=_ANDRE_VILKAAR,
    )


_SOM_TRUFFET = """
    IF NOT EXISTS (
        SELECT FROM rammeaftale_godkendelse g
        JOIN rammeaftale_version foer ON foer.id = g.version_id
        JOIN rammeaftale_version v ON v.id = NEW.version_id AND v.aftale_id = foer.aftale_id AND v.nummer > foer.nummer
        WHERE g.id = NEW.viderefoert_fra_id AND g.part_id = NEW.part_id AND g.status = NEW.status AND g.dato = NEW.dato
    ) THEN
        RAISE EXCEPTION 'Et trin føres videre fra partens eget på en tidligere version, som det er'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'godkendelse_viderefoeres_som_den_blev_truffet';
    END IF;
    IF NEW.status IN ('godkendt', 'godkendt_med_bemaerkning') AND EXISTS (
        SELECT FROM rammeaftale_version v WHERE v.id = NEW.version_id AND (
            v.aendring = 'alle_parter' OR v.aendring = 'nogle_parter' AND (
                SELECT s.beroert FROM rammeaftale_genstart s
                WHERE s.version_id = v.id AND s.part_id = NEW.part_id ORDER BY s.id DESC LIMIT 1
            )
        )
    ) THEN
        RAISE EXCEPTION 'En godkendelse føres ikke videre til en ændring, der berører parten'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'godkendelse_viderefoeres_ikke_til_beroert';
    END IF;
    RETURN NEW;
"""


def som_den_blev_truffet() -> pgtrigger.Trigger:
    """Trigger for approvals: one carried over is the party's own on an earlier version, and not to a change that touches the party."""
    return pgtrigger.Trigger(
        name="godkendelse_viderefoeres_som_truffet",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__viderefoert_fra__isnull=False),
        func=_SOM_TRUFFET,
    )


_I_RAEKKEFOELGE = """
    SELECT g.status, g.dato, g.viderefoert_fra_id INTO sidste FROM rammeaftale_godkendelse g
    WHERE g.version_id = NEW.version_id AND g.part_id = NEW.part_id ORDER BY g.registreret DESC, g.id DESC LIMIT 1;
    IF NEW.dato < sidste.dato OR (
        NEW.status = 'udvalg' AND sidste.status <> 'udvalg' AND NOT (sidste.status = 'afvist' AND sidste.viderefoert_fra_id IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'Et ældre trin træder ikke i stedet for et nyere uden at sige, at det retter det'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'godkendelse_i_raekkefoelge';
    END IF;
    RETURN NEW;
"""


def i_raekkefoelge() -> pgtrigger.Trigger:
    """Trigger for approvals: a step follows the party's last one on the version, unless it corrects it."""
    return pgtrigger.Trigger(
        name="godkendelse_i_raekkefoelge",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__retter=False),
        declare=[("sidste", "record")],
        func=_I_RAEKKEFOELGE,
    )


def laast() -> pgtrigger.Trigger:
    """Trigger for versions: the introduction of one the parties have been sent is not written on."""
    return pgtrigger.Trigger(
        name="version_indledning_ikke_i_sendt",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__sendt__isnull=False, old__indledning__df=pgtrigger.F("new__indledning")),
        func=(
            "RAISE EXCEPTION 'En version, der er sendt til godkendelse, rettes ikke'"
            " USING ERRCODE = 'check_violation', CONSTRAINT = 'version_indledning_ikke_i_sendt';"
        ),
    )


_TILBAGE = """
    SELECT t.dato INTO anbefalet FROM rammeaftale_aftaletrin t
    WHERE t.version_id = NEW.id AND t.til = 'kkr_anbefalet' ORDER BY t.registreret DESC, t.id DESC LIMIT 1;
    IF NEW.sendt > OLD.sendt OR NEW.sendt < anbefalet
        OR EXISTS (
            SELECT FROM rammeaftale_godkendelse g JOIN rammeaftale_version v ON v.id = g.version_id
            WHERE v.aftale_id = NEW.aftale_id AND v.nummer < NEW.nummer AND g.dato > NEW.sendt
        )
        OR EXISTS (SELECT FROM rammeaftale_version v WHERE v.aftale_id = NEW.aftale_id AND v.nummer > NEW.nummer)
        OR (SELECT a.tilstand FROM rammeaftale_rammeaftale a WHERE a.id = NEW.aftale_id) <> 'sendt'
    THEN
        RAISE EXCEPTION 'Dagen, en version er sendt, rettes kun tilbage, mens den er sendt, og ikke til før KKR eller en tidligere versions parter'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'version_afsendelse_rettes_tilbage';
    END IF;
    RETURN NEW;
"""


def afsendelse_rettes_tilbage() -> pgtrigger.Trigger:
    """Trigger for versions: the day one was sent is corrected only while it is out, and only back to a day it can have been sent."""
    return pgtrigger.Trigger(
        name="version_afsendelse_rettes_tilbage",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(
            old__sendt__isnull=False, new__sendt__isnull=False, old__sendt__df=pgtrigger.F("new__sendt")
        ),
        declare=[("anbefalet", "date")],
        func=_TILBAGE,
    )


def enighed(navn: str, aftale: str, betingelse: pgtrigger.Q | None = None) -> pgtrigger.Trigger:
    """Trigger for `Meta.triggers`: when a row of this table is written, its agreement (SQL on NEW) must still have the parties' consent."""
    return pgtrigger.Trigger(
        name=navn,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=betingelse,
        func=f"PERFORM rammeaftale_kraev_enighed({aftale}); RETURN NULL;",
    )


def paa_sidste_beslutning() -> pgtrigger.Trigger:
    """Trigger for agreements: one that is adopted is so from the first day all agreed, and was not so the day before."""
    return pgtrigger.Trigger(
        name="rammeaftale_vedtaget_paa_sidste_beslutning",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__tilstand="vedtaget"),
        func=_IKKE_DAGEN_FOER,
    )


def af_aftalens_parter() -> pgtrigger.Trigger:
    """Trigger for agreements: those who adopt an allonge are all the parties that the agreement it amends has on the deciding day."""
    return pgtrigger.Trigger(
        name="allonge_vedtages_af_aftalens_parter",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__tilstand="vedtaget", new__hovedaftale__isnull=False),
        declare=[("afgoeres", "date := least(greatest(lower(NEW.periode), NEW.vedtaget), upper(NEW.periode) - 1)")],
        func=_AFTALENS_PARTER,
    )
