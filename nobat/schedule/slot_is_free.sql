-- Whether one more may take a seat of a slot: offered, and neither taken nor kept for another
-- appointment than this one.
--
-- One expression of cheap columns, so that the planner puts it in the place of the call and the
-- index of open slots still serves.
CREATE OR REPLACE FUNCTION slot_is_free(
    p_slot schedule_slot, p_at timestamptz, p_but_for bigint
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT p_slot.is_open AND (
        p_slot.held_until IS NULL OR p_slot.held_until <= p_at
        OR p_slot.taken + seats_held(p_slot.id, p_at, p_but_for) < p_slot.offered)
$$;
