-- take_turn for whoever is signed in with this session, still in one round trip.
--
-- outcome is null, and nothing was asked, if nobody is (the session is unknown, has ended, or
-- fits another password), or if they have to wait until they ask again (appointments/attempt.py).
CREATE OR REPLACE FUNCTION take_turn_in_session(
    p_session text,
    p_mark text,                    -- of the secret key; see people/hashing.py
    p_staff_seen_after timestamptz, -- whoever works here and was not seen since is signed out
    p_slot bigint,
    p_turns integer,
    p_service text,
    p_cases smallint,
    p_key uuid,
    p_references text[],
    p_now timestamptz,
    p_first_day date,
    p_last_day date,
    p_turns_per_day integer,
    OUT outcome text,
    OUT appointment_id bigint,
    OUT reference text
) LANGUAGE plpgsql AS $$
DECLARE
    v_citizen bigint;
BEGIN
    SELECT p.id INTO v_citizen
        FROM people_session s JOIN people_person p ON p.id = s.person_id
            AND s.fits = encode(sha256(convert_to(p_mark || p.password, 'UTF8')), 'hex')
        WHERE s.session_key = p_session AND s.expire_date > p_now
          AND (s.second_factor_at IS NULL OR s.seen_at > p_staff_seen_after)
          AND (p.turns_paused_until IS NULL OR p.turns_paused_until <= p_now);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT t.* INTO outcome, appointment_id, reference FROM take_turn(
        v_citizen, p_slot, p_turns, p_service, p_cases, p_key, NULL, p_references, p_now,
        p_first_day, p_last_day, p_turns_per_day) t;
END $$;
