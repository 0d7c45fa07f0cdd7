-- The number that a rule has on a day: what the association has set, else the default of
-- appointments/policy.py, which holds the units too.
CREATE OR REPLACE FUNCTION rule_on(p_name text, p_day date, p_default integer)
RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT r.value::integer FROM appointments_rule r
        WHERE r.name = p_name AND r.valid_from <= p_day AND r.replaced_at IS NULL
        ORDER BY r.valid_from DESC LIMIT 1
    ), p_default)
$$;


-- Every number by which something on that day may have been judged since a moment: what
-- held for the day then, and what was set for it later. What was agreed under an earlier
-- rule stays valid.
CREATE OR REPLACE FUNCTION rules_on_since(
    p_name text, p_day date, p_since timestamptz, p_default integer
) RETURNS SETOF integer LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT r.value::integer FROM appointments_rule r
        WHERE r.name = p_name AND r.valid_from <= p_day AND r.set_at <= p_since
          AND (r.replaced_at IS NULL OR r.replaced_at > p_since)
        ORDER BY r.valid_from DESC LIMIT 1
    ), p_default)
    UNION
    SELECT r.value::integer FROM appointments_rule r
    WHERE r.name = p_name AND r.valid_from <= p_day AND r.set_at > p_since
$$;
