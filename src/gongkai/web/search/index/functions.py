"""PostgreSQL: the functions of the database that the search asks.

At a million items the way there and back and the planning of a question cost as much as its answer: so one question asks
for everything that a page of hits needs, and functions keep their plans, from the first time on. A plan is made without
the values, so it must be told that an index is the way whatever they are. To compile it (JIT) would take longer than to
do what it says.
"""

from __future__ import annotations

from gongkai.web.search.index import TOLD
from gongkai.web.search.marks import MONTH, YEAR, mark
from gongkai.web.search.positions import BITS

FOLD = (1 << 20) - 1
"""So many numbers there are for runs of three characters."""
_ENOUGH = 500
"""So many of the newest tell how frequent words are."""
_MOST_SPANS = 32
"""More years and months than these are not named one by one: all that is left is asked for."""
_MORE = 1.2
"""A little further back than where what is wanted should end."""

# Its price keeps the planner from computing it for every text. At that price it would also call workers to help with
# what the index answers in a millisecond, and wait ten for them: so it may not be shared among workers.
RUNS = f"""
CREATE FUNCTION search_runs(body text) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT COST 100000 AS $$
DECLARE runs bigint[]; a bigint := 0; b bigint := 0; c bigint; one text; n int := 0;
BEGIN
  runs := array_fill(0::bigint, ARRAY[2 * length(body)]);
  FOREACH one IN ARRAY string_to_array(body, NULL) LOOP
    c := ascii(one); n := n + 1;
    runs[2 * n - 1] := (b << 21) | c;
    runs[2 * n] := -1 - (((a * 40503 + b) * 40503 + c) & {FOLD});
    a := b; b := c;
  END LOOP;
  RETURN runs;
END $$
"""

# `newest` is the last position held between two, `behind` one some way before it, `oldest` the first.
_STANDING = f"""
CREATE FUNCTION search_standing(own uuid, moment timestamptz, lowest bigint, highest bigint,
  OUT others boolean, OUT hidden bigint[], OUT newest bigint, OUT behind bigint, OUT oldest bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  others := (SELECT county FROM search_document ORDER BY county LIMIT 1) < own
    OR (SELECT county FROM search_document ORDER BY county DESC LIMIT 1) > own;
  hidden := ARRAY(SELECT position FROM search_document WHERE visible_until <= moment
    UNION ALL SELECT position FROM search_document WHERE visible_from > moment);
  newest := (SELECT max(position) FROM search_document WHERE position BETWEEN lowest AND highest);
  behind := (SELECT position FROM search_document WHERE position BETWEEN lowest AND highest
    ORDER BY position DESC OFFSET {_ENOUGH} LIMIT 1);
  oldest := (SELECT min(position) FROM search_document WHERE position BETWEEN lowest AND highest);
END $$
"""  # noqa: S608

_COLUMNS = ", ".join(f"{name} search_document.{name}%TYPE" for name in TOLD)
_TOLD = f"""
CREATE FUNCTION search_told(places bigint[], moment timestamptz, words text[]) RETURNS TABLE(place bigint, packed bytea, {_COLUMNS})
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  RETURN QUERY SELECT d.position, t.packed, {", ".join(f"d.{name}" for name in TOLD)}
  FROM search_document d JOIN search_text t ON t.position = d.position
  WHERE d.position = ANY(places) AND d.visible_from <= moment AND (d.visible_until IS NULL OR d.visible_until > moment)
    AND NOT EXISTS (SELECT FROM unnest(words) word WHERE strpos(t.body, word) = 0);
END $$
"""  # noqa: S608

# Months are counted from the year 0.
_MONTH = f"""
CREATE FUNCTION search_month(place bigint) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE day date := date '0001-01-01' + ((place >> {BITS})::int - 1);
BEGIN
  RETURN extract(year FROM day)::int * 12 + extract(month FROM day)::int - 1;
END $$
"""
_BEFORE = f"""
CREATE FUNCTION search_before(months int) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN ((make_date(months / 12, months % 12 + 1, 1) - date '0001-01-01' + 1)::bigint << {BITS}) - 1;
END $$
"""
# Whole years where they are whole, since what is asked for by a few marks costs less than by many.
_SPANS = f"""
CREATE FUNCTION search_spans(months int, many int) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE spans text[] := '{{}}'; oldest int := months - many + 1;
BEGIN
  WHILE months >= oldest LOOP
    IF months % 12 = 11 AND months - 11 >= oldest THEN
      spans := spans || ('{mark(YEAR, "")}' || months / 12);
      months := months - 12;
    ELSE
      spans := spans || ('{mark(MONTH, "")}' || months / 12 || lpad((months % 12 + 1)::text, 2, '0'));
      months := months - 1;
    END IF;
  END LOOP;
  RETURN spans;
END $$
"""

# In no order inside: else the planner may walk down the positions and compute the runs of every text. What is usually
# asked has a plan that is kept; the rest is planned as it comes.
_FOUND = """
CREATE FUNCTION search_found(runs bigint[], marked text[], choices jsonb, spans text[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE condition text := 'true'; choice jsonb; places bigint[];
BEGIN
  IF cardinality(runs) > 0 AND cardinality(marked) = 0 AND choices = '[]' THEN
    IF spans IS NULL THEN
      RETURN ARRAY(SELECT position FROM search_text WHERE search_runs(body) @> runs ORDER BY position DESC);
    END IF;
    RETURN ARRAY(SELECT position FROM search_text WHERE search_runs(body) @> runs AND marks && spans ORDER BY position DESC);
  END IF;
  IF cardinality(runs) > 0 THEN condition := 'search_runs(body) @> $1'; END IF;
  IF cardinality(marked) > 0 THEN condition := condition || ' AND marks @> $2'; END IF;
  IF spans IS NOT NULL THEN condition := condition || ' AND marks && $3'; END IF;
  FOR choice IN SELECT jsonb_array_elements(choices) LOOP
    condition := condition || format(' AND marks && %L::text[]', ARRAY(SELECT jsonb_array_elements_text(choice)));
  END LOOP;
  EXECUTE 'SELECT array_agg(position ORDER BY position DESC) FROM search_text WHERE ' || condition
    INTO places USING runs, marked, spans;
  RETURN coalesce(places, '{}');
END $$
"""

# From the newest back, each time as far as will give what is wanted; then all that is left. `few` says that there are
# not many in all. The first row holds what was found and where to go on (nowhere: NULL), the others what is told.
_BEGIN = f"""
CREATE FUNCTION search_begin(own uuid, own_mark text, moment timestamptz, lowest bigint, highest bigint,
  runs bigint[], marked text[], choices jsonb, few boolean, wanted int, words text[], skipped int, told int)
RETURNS TABLE(places bigint[], further bigint, place bigint, packed bytea, {_COLUMNS})
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE stands record; months int; many int; oldest int; spans text[]; met bigint[]; top bigint := highest;
BEGIN
  places := '{{}}';
  stands := search_standing(own, moment, lowest, highest);
  IF stands.newest IS NOT NULL THEN
    IF stands.others OR cardinality(runs) + cardinality(marked) + jsonb_array_length(choices) = 0 THEN
      marked := marked || own_mark;
    END IF;
    months := search_month(stands.newest);
    oldest := search_month(stands.oldest);
    -- So many that what is found in them tells of all the others; where there are not so many, all at once.
    many := months - search_month(coalesce(stands.behind, stands.oldest)) + 1;
    LOOP
      spans := CASE WHEN NOT few AND months - many >= oldest THEN search_spans(months, many) END;
      IF cardinality(spans) > {_MOST_SPANS} THEN spans := NULL; END IF;
      met := search_found(runs, marked, choices, spans);
      IF met[1] > top OR met[cardinality(met)] < lowest OR cardinality(stands.hidden) > 0 THEN
        met := ARRAY(SELECT one FROM unnest(met) one
          WHERE one BETWEEN lowest AND top AND one <> ALL(stands.hidden) ORDER BY one DESC);
      END IF;
      places := places || met;
      EXIT WHEN spans IS NULL;
      months := months - many;
      top := least(highest, search_before(months + 1));
      IF cardinality(places) >= wanted THEN
        further := top;
        EXIT;
      END IF;
      many := greatest(many, ceil(many * {_MORE} * (wanted - cardinality(places)) / greatest(1, cardinality(met))));
    END LOOP;
  END IF;
  RETURN NEXT;
  IF told > skipped THEN
    RETURN QUERY SELECT NULL::bigint[], NULL::bigint, t.* FROM search_told(places[skipped + 1:told], moment, words) t;
  END IF;
END $$
"""  # noqa: S608

MADE = {
    "search_standing": _STANDING,
    "search_told": _TOLD,
    "search_month": _MONTH,
    "search_before": _BEFORE,
    "search_spans": _SPANS,
    "search_found": _FOUND,
    "search_begin": _BEGIN,
}
"""What a search asks, by name; each asks only those before it."""
