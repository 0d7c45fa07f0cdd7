-- Takes one turn, or two in a row, for one citizen, or moves an appointment to them:
-- all or nothing, in one round trip.
--
-- outcome is 'Booked', 'Moved', 'Repeated' (the same key again: the same appointment),
-- or the name of a refusal in appointments/book.py or move.py. After a refusal nothing
-- has been written.
--
-- Locks are taken in the order person, appointment, slots by id, as everywhere, so that
-- no two acts ever wait for each other.
CREATE OR REPLACE FUNCTION take_turn(
    p_citizen bigint,
    p_slot bigint,              -- where it begins
    p_turns integer,            -- 1, or 2 in a row
    p_service text,             -- its code
    p_cases smallint,
    p_key uuid,                 -- made with the page: pressing twice books once
    p_moving bigint,            -- the appointment that moves, or null
    p_references text[],        -- fresh tracking codes; the first unused one is taken
    p_now timestamptz,
    p_first_day date,
    p_last_day date,
    p_turns_per_day integer,
    p_free_from timestamptz DEFAULT NULL,  -- when others may take what a move leaves
    OUT outcome text,
    OUT appointment_id bigint,
    OUT reference text
) LANGUAGE plpgsql AS $$
DECLARE
    v_first schedule_slot;
    v_last schedule_slot;
    v_office bigint;
    v_status text;
    v_name text;                -- of the office
    v_address text;
    v_service bigint;
    v_mobile text;
    v_slots bigint[];
    v_old appointments_appointment;
    v_can_move boolean := true;
    v_held bigint[] := '{}';    -- slots the moving appointment holds already
    v_wanted bigint[];          -- slots in which a seat must be free
    v_count integer;
    v_moves integer := 0;
    v_is_elsewhere boolean;     -- in another office, or here, at the same time
    v_refusal text;
    v_kind text := 'booked';
BEGIN
    SELECT s.* INTO v_first FROM schedule_slot s WHERE s.id = p_slot;
    v_last := v_first;
    v_slots := ARRAY[p_slot];
    IF p_turns = 2 THEN
        SELECT s.* INTO v_last FROM schedule_slot s
            WHERE s.office_id = v_first.office_id AND s.starts_at = v_first.ends_at;
        v_slots := v_slots || v_last.id;
    END IF;
    IF p_moving IS NOT NULL THEN
        SELECT array_remove(ARRAY[a.slot_id, a.second_slot_id], NULL) INTO v_held
            FROM appointments_appointment a
            WHERE a.id = p_moving AND a.citizen_id = p_citizen AND a.status = 'booked';
        v_held := coalesce(v_held, '{}');
    END IF;

    -- Most requests of a rush come too late. They leave here: no lock, no write. Slots and what is
    -- held in them are read in one statement: a seat given back between two would count twice.
    v_refusal := CASE
        WHEN v_last.id IS NULL AND p_turns = 2 THEN 'NoTurnAfter'
        WHEN v_first.id IS NULL OR EXISTS (
            SELECT FROM schedule_slot s
            WHERE s.id = ANY (v_slots) AND has_room(s, v_held, p_now, p_moving) IS NOT TRUE
        ) THEN 'SlotFull'
    END;
    IF v_refusal IS NOT NULL THEN
        SELECT o.* INTO outcome, appointment_id, reference
            FROM answer_to_key(p_citizen, p_key, p_slot) o;
        PERFORM wait_until_kept() WHERE outcome = 'Repeated';
        outcome := coalesce(outcome, v_refusal);
        RETURN;
    END IF;

    -- One citizen's bookings stand in line: two open tabs must not pass a limit together.
    SELECT p.mobile INTO v_mobile FROM people_person p
        WHERE p.id = p_citizen AND p.erased_at IS NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN  -- left while this request was on its way
        outcome := 'HasLeft';
        RETURN;
    END IF;
    IF p_moving IS NOT NULL THEN
        -- Read again: from here on nobody else can change it.
        SELECT a.* INTO v_old FROM appointments_appointment a
            WHERE a.id = p_moving AND a.citizen_id = p_citizen FOR NO KEY UPDATE;
        -- One that a closure displaced holds no seat, and may move after its hour too.
        v_can_move := FOUND AND (v_old.status = 'displaced'
            OR v_old.status = 'booked' AND v_old.starts_at > p_now);
        v_held := CASE v_old.status
            WHEN 'booked' THEN array_remove(ARRAY[v_old.slot_id, v_old.second_slot_id], NULL)
            ELSE '{}' END;
    END IF;
    -- All that is read from here on sees what the citizen's last booking has written.
    SELECT o.id, o.status, o.name, c.name || '، ' || o.address
        INTO v_office, v_status, v_name, v_address
        FROM offices_office o JOIN offices_county c ON c.id = o.county_id
        WHERE o.id = v_first.office_id;
    SELECT s.id INTO v_service
        FROM offices_service s JOIN offices_officeservice os ON os.service_id = s.id
        WHERE s.code = p_service AND s.is_bookable AND os.office_id = v_office;
    SELECT coalesce(bool_or(a.starts_at < v_last.ends_at AND a.ends_at > v_first.starts_at), false),
        coalesce(sum(num_nonnulls(a.slot_id, a.second_slot_id))
            FILTER (WHERE a.office_id = v_office AND a.day = v_first.day), 0)
        INTO v_is_elsewhere, v_count
        FROM appointments_appointment a
        WHERE a.citizen_id = p_citizen AND a.status IN ('booked', 'checked_in')
          -- No turn is longer than half a day, so that these are all that matter.
          AND a.starts_at > v_first.starts_at - '1 day'::interval
          AND a.starts_at < v_first.starts_at + '1 day'::interval
          AND a.id IS DISTINCT FROM p_moving;
    v_refusal := CASE
        WHEN EXISTS (
            SELECT FROM appointments_turnrequest r
            WHERE r.citizen_id = p_citizen AND r.key = p_key
        ) THEN 'KeyUsed'
        WHEN EXISTS (
            SELECT FROM appointments_suspension s
            WHERE s.citizen_id = p_citizen AND s.until > p_now AND s.ended_at IS NULL
        ) THEN 'Suspended'
        WHEN NOT v_can_move THEN 'NotPossibleNow'
        WHEN v_first.day < p_first_day THEN 'TooEarly'
        WHEN v_first.day > p_last_day THEN 'TooLate'
        WHEN v_status <> 'open' THEN 'OfficeNotOpen'
        WHEN v_service IS NULL THEN 'ServiceNotOffered'
        -- Of two windows the second finds nothing to do, and tells nobody again.
        WHEN v_old.status = 'booked' AND (v_old.slot_id, v_old.service_id, v_old.cases)
            = (p_slot, v_service, p_cases) THEN 'SameHour'
        WHEN v_is_elsewhere THEN 'AlreadyBookedThen'
        WHEN v_count + p_turns
            > rule_on('turns_per_office_and_day', v_first.day, p_turns_per_day)
            THEN 'TooManyAppointments'
    END;
    IF v_refusal = 'KeyUsed' THEN  -- a second press, or again after a lost answer
        SELECT o.* INTO outcome, appointment_id, reference
            FROM answer_to_key(p_citizen, p_key, p_slot) o;
        PERFORM wait_until_kept() WHERE outcome = 'Repeated';
        RETURN;
    END IF;
    IF v_refusal IS NOT NULL THEN
        outcome := v_refusal;
        RETURN;
    END IF;

    -- The seats, unless a slot was given another length since it was read above
    -- (schedule/publish.py). A single one in which nothing is kept is taken at once.
    IF p_turns = 1 AND p_moving IS NULL THEN
        UPDATE schedule_slot s SET taken = s.taken + 1
            WHERE s.id = p_slot AND s.taken < s.offered AND s.ends_at = v_first.ends_at
              AND (s.held_until IS NULL OR s.held_until <= p_now);
    END IF;
    -- Where more than one slot is touched, all are locked first, in the order of their ids, so
    -- that a refusal has nothing to undo. So is one in which seats are kept: only under the lock
    -- are all of its holds seen.
    IF p_turns = 2 OR p_moving IS NOT NULL OR NOT FOUND THEN
        v_wanted := ARRAY(SELECT unnest(v_slots) EXCEPT SELECT unnest(v_held));
        PERFORM FROM schedule_slot s WHERE s.id = ANY (v_wanted || v_held)
            ORDER BY s.id FOR NO KEY UPDATE;
        SELECT count(*) INTO v_count FROM schedule_slot s
            WHERE s.id = ANY (v_wanted) AND has_room(s, '{}', p_now, p_moving)
              AND (s.id, s.ends_at) IN (
                  (v_first.id, v_first.ends_at), (v_last.id, v_last.ends_at));
        IF v_count <> cardinality(v_wanted) THEN
            outcome := 'SlotFull';
            RETURN;
        END IF;
        UPDATE schedule_slot s SET taken = s.taken + 1 WHERE s.id = ANY (v_wanted);
    END IF;

    IF p_moving IS NULL THEN
        FOREACH reference IN ARRAY p_references LOOP
            INSERT INTO appointments_appointment AS a (
                reference, citizen_id, office_id, service_id, cases, slot_id,
                second_slot_id, day, starts_at, ends_at, status, booked_at,
                status_changed_at
            ) VALUES (
                take_turn.reference, p_citizen, v_office, v_service, p_cases,
                v_slots[1], v_slots[2], v_first.day, v_first.starts_at, v_last.ends_at,
                'booked', p_now, p_now
            ) ON CONFLICT ON CONSTRAINT one_appointment_per_reference DO NOTHING
            RETURNING a.id INTO appointment_id;
            EXIT WHEN appointment_id IS NOT NULL;
        END LOOP;
        IF appointment_id IS NULL THEN
            RAISE EXCEPTION 'no unused tracking code among % tries',
                cardinality(p_references);
        END IF;
        outcome := 'Booked';
    ELSE
        UPDATE schedule_slot s SET taken = s.taken - 1
            WHERE s.id = ANY (v_held) AND NOT s.id = ANY (v_slots);
        UPDATE appointments_appointment a SET
            office_id = v_office, service_id = v_service, cases = p_cases,
            slot_id = v_slots[1], second_slot_id = v_slots[2], day = v_first.day,
            starts_at = v_first.starts_at, ends_at = v_last.ends_at, moves = a.moves + 1,
            status = 'booked', reason = '', status_changed_at = p_now
            WHERE a.id = p_moving
            RETURNING a.id, a.reference, a.moves
            INTO appointment_id, take_turn.reference, v_moves;
        -- What was kept for it is no longer needed, and what it leaves comes back at a moment
        -- that nobody knows (decision 32).
        DELETE FROM schedule_hold h WHERE h.kept_for = p_moving AND h.slot_id = ANY (v_slots);
        UPDATE schedule_hold h SET until = least(h.until, p_free_from)
            WHERE h.kept_for = p_moving;
        WITH left_behind AS (
            UPDATE schedule_slot s SET held_until = greatest(s.held_until, p_free_from)
            WHERE s.id = ANY (v_held) AND NOT s.id = ANY (v_slots) AND s.is_open
              AND s.day >= p_first_day
            RETURNING s.id
        )
        INSERT INTO schedule_hold (slot_id, until, kept_for)
            SELECT l.id, p_free_from, p_moving FROM left_behind l
            ON CONFLICT ON CONSTRAINT an_appointment_is_held_a_seat_once
            DO UPDATE SET until = excluded.until;
        IF v_old.status = 'displaced' THEN
            UPDATE appointments_proposal p SET answered_at = p_now, answer =
                CASE p.slot_id WHEN v_first.id THEN 'accepted' ELSE 'another_hour' END
                WHERE p.appointment_id = p_moving AND p.answer = '';
        END IF;
        -- A reminder of the old hour that has not gone yet must not go.
        UPDATE sms_outgoingsms m SET state = 'expired'
            WHERE m.about = take_turn.reference AND m.kind = 'reminder' AND m.state = 'waiting';
        outcome := 'Moved';
        v_kind := 'moved';
    END IF;

    INSERT INTO appointments_turnrequest (citizen_id, key, appointment_id, slot_id, made_at)
        VALUES (p_citizen, p_key, take_turn.appointment_id, p_slot, p_now);
    INSERT INTO journal_journalentry (at, act, subject, by, details) VALUES (
        p_now, v_kind, 'appointments.Appointment:' || take_turn.appointment_id,
        'people.Person:' || p_citizen,
        jsonb_build_object('slots', v_slots) ||
            CASE WHEN p_moving IS NULL THEN '{}' ELSE jsonb_build_object('from', v_held) END
    );
    INSERT INTO sms_outgoingsms (
        kind, lane, about, occasion, "to", params, not_after, state, next_try_at, queued_at
    ) VALUES (
        v_kind, 2, take_turn.reference, v_kind || ':' || take_turn.reference || ':' || v_moves,
        v_mobile,
        jsonb_build_object(
            'starts_at', v_first.starts_at, 'office', v_name,
            'address', v_address,
            'reference', take_turn.reference
        ),
        v_first.starts_at, 'waiting', p_now, p_now
    );
END $$;


-- What a key that was used before answers: its appointment, unless it now comes with
-- another hour. No row: the key is fresh.
CREATE OR REPLACE FUNCTION answer_to_key(
    p_citizen bigint, p_key uuid, p_slot bigint
) RETURNS TABLE (outcome text, appointment_id bigint, reference text)
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN r.slot_id = p_slot THEN 'Repeated' ELSE 'KeyUsed' END, a.id, a.reference
    FROM appointments_turnrequest r JOIN appointments_appointment a ON a.id = r.appointment_id
    WHERE r.citizen_id = p_citizen AND r.key = p_key
$$;


-- Whoever asks again, since the first answer said only "perhaps", must not be told of a turn that
-- is on no standby: this makes the COMMIT wait for it as the one of the booking should have.
CREATE OR REPLACE FUNCTION wait_until_kept() RETURNS void LANGUAGE sql AS $$
    SELECT pg_logical_emit_message(true, 'nobat', '') WHERE NOT pg_is_in_recovery()
$$;


-- Whether one more may take a seat: neither taken nor kept for another appointment, or one
-- that the appointment which moves holds already.
CREATE OR REPLACE FUNCTION has_room(
    p_slot schedule_slot, p_held bigint[], p_at timestamptz, p_but_for bigint
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT p_slot.id = ANY (p_held) OR p_slot.taken < p_slot.offered AND (
        p_slot.held_until IS NULL OR p_slot.held_until <= p_at
        OR p_slot.taken + seats_held(p_slot.id, p_at, p_but_for) < p_slot.offered)
$$;
