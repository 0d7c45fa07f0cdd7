-- Somebody takes a turn somewhere: what a booking costs when nothing stands in front of it.
\set citizen random(:first_citizen, :last_citizen)
\set slot random(:first_slot, :last_slot)
\set one random(0, 9999999999)
\set other random(0, 9999999999)
SELECT outcome FROM take_turn(
    :citizen, :slot, 1, :service, 1::smallint, gen_random_uuid(), NULL,
    ARRAY[lpad(:one ::text, 10, '0'), lpad(:other ::text, 10, '0')],
    now(), :first_day ::date, :last_day ::date, :turns_per_day
);
