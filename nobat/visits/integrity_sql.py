"""The statements of integrity.py: for each sentence, the ids of the rows that break it."""

CHECKS = {
    "taken of a slot equals its seats held": """
        SELECT s.id FROM schedule_slot s LEFT JOIN (
            SELECT h.slot_id, count(*) AS seats FROM (
                SELECT slot_id FROM appointments_appointment WHERE status = ANY (%(holds_a_seat)s)
                UNION ALL
                SELECT second_slot_id FROM appointments_appointment
                WHERE status = ANY (%(holds_a_seat)s) AND second_slot_id IS NOT NULL
            ) h GROUP BY h.slot_id
        ) held ON held.slot_id = s.id
        WHERE s.taken <> coalesce(held.seats, 0)""",
    "taken of a slot never exceeds its capacity": """
        SELECT id FROM schedule_slot WHERE taken > capacity""",
    # The database has no foreign keys here (appointments/models.py).
    "the office and the service of an appointment are there": """
        SELECT id FROM appointments_appointment a
        WHERE NOT EXISTS (SELECT FROM offices_office WHERE id = a.office_id)
           OR NOT EXISTS (SELECT FROM offices_service WHERE id = a.service_id)""",
    "an office has the services it offers in its own row": """
        SELECT o.id FROM offices_office o WHERE o.offers <> ARRAY(
            SELECT service_id FROM offices_officeservice
            WHERE office_id = o.id ORDER BY service_id)""",
    "a slot's day is the day of its hour in Tehran": """
        SELECT id FROM schedule_slot
        WHERE day <> (starts_at AT TIME ZONE 'UTC' + interval '3.5 hours')::date""",
    # Judged by the rules of its day, as they were when it was agreed or later.
    "no more turns of a citizen at one office on one day than its rule allows": """
        SELECT id FROM (
            SELECT min(id) AS id, day, max(booked_at) AS agreed_at,
                count(slot_id) + count(second_slot_id) AS turns
            FROM appointments_appointment WHERE status = ANY (%(holds_a_seat)s)
            GROUP BY citizen_id, office_id, day
            HAVING count(slot_id) + count(second_slot_id) > 1
        ) one WHERE turns > (
            SELECT max(most) FROM rules_on_since(
                'turns_per_office_and_day', day, agreed_at, %(turns_per_day)s) most)""",
    "an appointment takes as many turns as the rule of its day says": """
        SELECT a.id FROM appointments_appointment a
        WHERE (a.cases > %(cases_per_turn)s OR a.second_slot_id IS NOT NULL
            OR EXISTS (SELECT FROM appointments_rule WHERE name = 'cases_per_turn'))
          AND NOT EXISTS (
            SELECT FROM rules_on_since(
                'cases_per_turn', a.day, a.booked_at, %(cases_per_turn)s) each
            WHERE (a.cases > each) = (a.second_slot_id IS NOT NULL)
              AND a.cases <= 2 * each)""",
    "no slot has promised more seats than it has, taken or kept": """
        SELECT s.id FROM schedule_slot s
        WHERE s.held_until > %(now)s AND s.capacity < s.taken + (
            SELECT count(*) FROM schedule_hold h
            JOIN appointments_proposal p ON p.appointment_id = h.kept_for AND p.answer = ''
                AND h.slot_id IN (p.slot_id, p.second_slot_id)
            WHERE h.slot_id = s.id AND h.until > %(now)s)""",
    "a slot knows of the last hold in it": """
        SELECT h.id FROM schedule_hold h JOIN schedule_slot s ON s.id = h.slot_id
        WHERE h.until > coalesce(s.held_until, '-infinity')""",
    "a seat is kept only for a displaced appointment that has not answered, or just given back": """
        SELECT h.id FROM schedule_hold h
        LEFT JOIN appointments_appointment a ON a.id = h.kept_for
        LEFT JOIN appointments_proposal p ON p.appointment_id = a.id AND p.answer = ''
            AND h.slot_id IN (p.slot_id, p.second_slot_id) AND a.status = 'displaced'
        WHERE p.id IS NULL AND (a.id IS NULL
            OR a.status = ANY (%(holds_a_seat)s) AND h.slot_id IN (a.slot_id, a.second_slot_id)
            OR h.until > a.status_changed_at + %(comes_back_within)s)""",
    "every displacement has exactly one outcome": """
        SELECT a.id FROM appointments_appointment a
        LEFT JOIN (
            SELECT subject, count(*) AS times FROM journal_journalentry
            WHERE act = 'displaced' GROUP BY subject
        ) d ON d.subject = 'appointments.Appointment:' || a.id
        LEFT JOIN (
            SELECT appointment_id, count(*) AS outcomes,
                count(*) FILTER (WHERE answer = '') AS waiting
            FROM appointments_proposal GROUP BY appointment_id
        ) p ON p.appointment_id = a.id
        WHERE coalesce(d.times, 0) <> coalesce(p.outcomes, 0)
           OR coalesce(p.waiting, 0) <> (a.status = 'displaced')::int""",
    "nobody stands in what an order has closed for all, once it is carried out": """
        SELECT a.id FROM appointments_appointment a
        JOIN schedule_closure c ON c.office_id = a.office_id AND c.day = a.day
            AND c.from_hour IS NULL AND c.stays = 0
        JOIN schedule_closureorder o ON o.id = c.order_id AND o.state = 'done'
        WHERE a.status = 'booked'
           OR a.status = 'no_show' AND a.status_changed_at > o.decided_at""",
    "no two appointments of a citizen at the same time": """
        SELECT id FROM (
            SELECT id, starts_at, max(ends_at) OVER (
                PARTITION BY citizen_id ORDER BY starts_at, id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
            FROM appointments_appointment WHERE status = ANY (%(holds_a_seat)s)
        ) one WHERE starts_at < busy_until""",
    "no appointment was taken or moved during a suspension": """
        SELECT a.id FROM appointments_suspension s
        JOIN appointments_appointment a ON a.citizen_id = s.citizen_id
        WHERE a.booked_at >= s.starts_at AND a.booked_at < coalesce(s.ended_at, s.until)
           OR EXISTS (
                SELECT FROM journal_journalentry j
                WHERE j.subject = 'appointments.Appointment:' || a.id
                  AND j.act IN ('booked', 'moved')
                  AND j.at >= s.starts_at AND j.at < coalesce(s.ended_at, s.until))""",
    "every no-show has its suspension": """
        SELECT a.id FROM appointments_appointment a
        LEFT JOIN appointments_suspension s ON s.cause_id = a.id AND s.citizen_id = a.citizen_id
        WHERE a.status = %(no_show)s AND s.id IS NULL""",
    "a suspension is of a no-show, or ended when that was excused or checked in late": """
        SELECT s.id FROM appointments_suspension s
        LEFT JOIN appointments_appointment a ON a.id = s.cause_id AND a.citizen_id = s.citizen_id
        WHERE CASE a.status
            WHEN %(no_show)s THEN s.ended_at IS NOT NULL
            WHEN 'excused' THEN s.ended_at IS NULL
            WHEN 'checked_in' THEN s.ended_at IS NULL
            ELSE true END""",
    "a suspension lasts as long as the rule of the missed day says": """
        SELECT s.id FROM appointments_suspension s
        JOIN appointments_appointment a ON a.id = s.cause_id
        WHERE s.until - s.starts_at <> make_interval(
            days => rule_on('week_without_booking', a.day, %(week)s))""",
    "an objection was made before its week was over": """
        SELECT o.id FROM appointments_objection o
        JOIN appointments_suspension s ON s.id = o.suspension_id
        WHERE o.made_at > coalesce(s.ended_at, s.until)""",
    "an accepted objection has ended its week": """
        SELECT o.id FROM appointments_objection o
        JOIN appointments_suspension s ON s.id = o.suspension_id
        WHERE o.is_accepted AND s.ended_at IS NULL""",
    "who is checked in has a visit at the same office on the same day": """
        SELECT a.id FROM appointments_appointment a
        LEFT JOIN visits_visit v ON v.appointment_id = a.id
            AND v.office_id = a.office_id AND v.day = a.day
        WHERE a.status = 'checked_in' AND v.id IS NULL""",
    "a visit to an appointment is of somebody checked in": """
        SELECT v.id FROM visits_visit v
        JOIN appointments_appointment a ON a.id = v.appointment_id
        WHERE a.status <> 'checked_in'""",
    "no number of a day is above the last one given": """
        SELECT v.id FROM visits_visit v
        LEFT JOIN visits_officeday d ON d.office_id = v.office_id AND d.day = v.day
        WHERE v.number > coalesce(d.last_number, 0)""",
    "an appointment says of office, day and hours what its slots say": """
        SELECT a.id FROM appointments_appointment a
        JOIN schedule_slot s ON s.id = a.slot_id
        LEFT JOIN schedule_slot t ON t.id = a.second_slot_id
        WHERE a.status = ANY (%(holds_a_seat)s)
          AND (a.office_id, a.day, a.starts_at, a.ends_at)
            <> (s.office_id, s.day, s.starts_at, coalesce(t.ends_at, s.ends_at))""",
    "two turns in a row follow each other at one office": """
        SELECT a.id FROM appointments_appointment a
        JOIN schedule_slot s ON s.id = a.slot_id
        JOIN schedule_slot t ON t.id = a.second_slot_id
        WHERE a.status = ANY (%(holds_a_seat)s)
          AND (s.office_id, s.ends_at) <> (t.office_id, t.starts_at)""",
    "every change of an appointment is in the journal": """
        SELECT a.id FROM appointments_appointment a LEFT JOIN (
            SELECT subject, array_agg(act) AS acts,
                count(*) FILTER (WHERE act = 'booked') AS bookings,
                count(*) FILTER (WHERE act = 'moved') AS moves
            FROM journal_journalentry WHERE subject LIKE 'appointments.Appointment:%%'
            GROUP BY subject
        ) j ON j.subject = 'appointments.Appointment:' || a.id
        WHERE coalesce(j.bookings, 0) <> 1 OR j.moves <> a.moves
           OR a.status = ANY (%(told_states)s) AND NOT a.status = ANY (j.acts)""",
    "what the journal or an SMS confirmed is in the database": """
        SELECT j.id FROM journal_journalentry j
        WHERE j.act = 'booked' AND j.subject LIKE 'appointments.Appointment:%%'
          AND j.at > %(turns_since)s
          AND NOT EXISTS (
            SELECT FROM appointments_appointment a
            WHERE 'appointments.Appointment:' || a.id = j.subject)
        UNION ALL
        SELECT m.id FROM sms_outgoingsms m
        WHERE m.kind = ANY (%(told_kinds)s)
          AND NOT EXISTS (
            SELECT FROM appointments_appointment a WHERE a.reference = m.about)""",
    # As far as the ledger reaches: sms/forget.py.
    "one SMS for each event of an appointment": """
        SELECT a.id FROM appointments_appointment a
        LEFT JOIN (
            SELECT about, count(*) FILTER (WHERE kind = 'booked') AS booked,
                count(*) FILTER (WHERE kind = 'moved') AS moved,
                count(*) FILTER (WHERE kind = 'cancelled') AS cancelled,
                count(*) FILTER (WHERE kind = 'no_show') AS no_show,
                count(*) FILTER (WHERE kind = 'excused') AS excused,
                count(*) FILTER (WHERE kind = 'office_closed') AS office_closed
            FROM sms_outgoingsms GROUP BY about
        ) m ON m.about = a.reference
        LEFT JOIN appointments_suspension s ON s.cause_id = a.id
        LEFT JOIN (
            SELECT subject, count(*) AS times FROM journal_journalentry
            WHERE act = 'displaced' GROUP BY subject
        ) d ON d.subject = 'appointments.Appointment:' || a.id
        WHERE a.booked_at > %(ledger_since)s
          -- Who has left hears nothing of what comes after.
          AND NOT EXISTS (
            SELECT FROM people_person WHERE id = a.citizen_id AND erased_at IS NOT NULL)
          AND (m.about IS NULL
           OR (m.booked, m.moved, m.cancelled, m.no_show, m.excused, m.office_closed)
            <> (1, a.moves, (a.status = 'cancelled_by_citizen')::int, (s.id IS NOT NULL)::int,
                (s.ended_at IS NOT NULL)::int, coalesce(d.times, 0)))""",
    # Both are forgotten half a year later, the message a little before its answer.
    "every answer by SMS is to the phone whose message it answers": """
        SELECT m.id FROM sms_outgoingsms m
        LEFT JOIN sms_incomingsms i ON m.occasion = 'answer:' || i.id AND m.to = i.sender
            AND m.about = i.about AND i.answered_at IS NOT NULL
        WHERE m.kind = 'answer' AND i.id IS NULL
          AND m.queued_at > %(now)s - interval '180 days'""",
    "one reminder for each hour that was agreed": """
        SELECT min(id) FROM sms_outgoingsms WHERE kind = 'reminder' AND sent_at IS NOT NULL
        GROUP BY about, params ->> 'starts_at' HAVING count(*) > 1""",
    "no reminder was sent after the hour of its appointment": """
        SELECT id FROM sms_outgoingsms
        WHERE kind = 'reminder' AND sent_at > (params ->> 'starts_at')::timestamptz""",
    "no event has two SMS": """
        SELECT min(id) FROM sms_outgoingsms GROUP BY occasion HAVING count(*) > 1""",
    "no tracking code is given twice": """
        SELECT min(id) FROM appointments_appointment GROUP BY reference HAVING count(*) > 1""",
}
