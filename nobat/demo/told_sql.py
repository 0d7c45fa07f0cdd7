"""What the demo's citizens were told of their appointments, and what became of each message."""

# Of a hundred mobiles, 95 get what is sent to them; three are never on, one has blocked us,
# and of one nothing is ever reported. It follows from the mobile: the same few each time.
_TELL = """
INSERT INTO sms_outgoingsms (kind, lane, about, occasion, "to", params, not_after, state, tries,
    next_try_at, queued_at, sent_at, reported_at, provider, parts)
SELECT m.kind, m.lane, a.reference, m.kind || ':' || a.reference || m.number, p.mobile,
    jsonb_build_object('starts_at', a.starts_at, 'office', o.name, 'reference', a.reference)
        || m.more,
    a.starts_at + interval '1 day', phone.state, 1, m.at, m.at, m.at,
    CASE WHEN phone.state <> 'sent' THEN least(m.at + phone.takes, %(now)s) END, 'demo', m.parts
FROM {of} a JOIN people_person p ON p.id = a.citizen_id
JOIN offices_office o ON o.id = a.office_id JOIN offices_county c ON c.id = o.county_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN luck < 95 THEN 'delivered' WHEN luck < 98 THEN 'undelivered'
            WHEN luck < 99 THEN 'blocked' ELSE 'sent' END AS state,
        interval '1 second' * (3 + luck) AS takes
    FROM (SELECT abs(hashtextextended(p.mobile, 0)) %% 100 AS luck) one
) phone
CROSS JOIN LATERAL ({events}) m ORDER BY m.at
"""
_BOOKED = """
    SELECT 'booked' AS kind, 2 AS lane, ':0' AS number, a.booked_at AS at, 3 AS parts,
        jsonb_build_object('address', c.name || '، ' || o.address) AS more
"""
_AND_HOW_IT_ENDED = """
    UNION ALL
    SELECT k.kind, k.lane, k.number, a.status_changed_at, k.parts,
        CASE k.kind WHEN 'no_show' THEN jsonb_build_object(
            'until', a.status_changed_at + interval '7 days') ELSE '{}' END
    FROM (VALUES
        ('cancelled_by_citizen', 'cancelled', 2, '', 2),
        ('displaced', 'office_closed', 3, ':0', 3),
        ('no_show', 'no_show', 3, '', 4)) AS k (status, kind, lane, number, parts)
    WHERE k.status = a.status
"""
TELL_OF_BOOKING = _TELL.format(of="appointments_appointment", events=_BOOKED)
TELL_OF_THE_PAST = _TELL.format(of="demo_agreed", events=_BOOKED + _AND_HOW_IT_ENDED)
