//! What may start now, in order: limits of what runs at once, turns, and calls that take several.

use crate::plan::judge::TurnValue;
use crate::rule::edition::Limit;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The order: higher priorities first, then as they were added; what is made first for a request has its place. The last is its own.
pub(super) type Rank = (Reverse<i32>, usize, usize);

/// Requests that may start but for those limits.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    /// By the rank of the limit that they share.
    lanes: BTreeMap<Option<u8>, Lane>,
    turns: BTreeMap<TurnValue, Waiting>,
    /// Those that may share a call.
    groups: BTreeMap<String, BTreeSet<Rank>>,
    /// How many run that are not the plan's.
    pub(super) others: u64,
}

/// Requests that share a limit.
#[derive(Clone, Debug, Default)]
struct Lane {
    running: u64,
    /// By how many may run at once, by the edition of each.
    ready: BTreeMap<Option<u64>, BTreeSet<Rank>>,
}

impl Lane {
    fn insert(&mut self, (most, rank): Ready) {
        self.ready.entry(most).or_default().insert(rank);
    }

    fn remove(&mut self, (most, rank): Ready) {
        if let Some(ranks) = self.ready.get_mut(&most) {
            ranks.remove(&rank);
            if ranks.is_empty() {
                self.ready.remove(&most);
            }
        }
    }
}

/// How many may run at once by the edition of a request, and its place in the order.
type Ready = (Option<u64>, Rank);

/// Requests that wait for one value.
#[derive(Clone, Debug, Default)]
struct Waiting {
    /// Those that run with it: several, if somebody else has sent them.
    running: BTreeSet<usize>,
    all: BTreeMap<Rank, Option<u64>>,
    /// The one of them that is among the ready ones.
    offered: Option<Ready>,
}

/// What decides when a request starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub(super) rank: Rank,
    pub(super) limit: Option<&'static Limit>,
    /// How many may run at once, by the edition of its case.
    pub(super) most: Option<u64>,
    pub(super) turn: Option<&'p TurnValue>,
    pub(super) group: Option<&'p str>,
}

impl Place<'_> {
    fn lane(&self) -> Option<u8> {
        self.limit.map(|limit| limit.rank)
    }
}

impl Queue {
    /// Adds a request.
    pub(super) fn enter(&mut self, place: Place<'_>) {
        let lane = self.lanes.entry(place.lane()).or_default();
        match place.turn {
            None => lane.insert((place.most, place.rank)),
            Some(turn) => {
                self.turns.entry(turn.clone()).or_default().all.insert(place.rank, place.most);
                self.offer(place.lane(), turn);
            }
        }
        if let Some(group) = place.group.filter(|_| place.turn.is_none()) {
            self.groups.entry(group.to_owned()).or_default().insert(place.rank);
        }
    }

    /// Takes a request out.
    pub(super) fn leave(&mut self, place: Place<'_>) {
        if let Some(lane) = self.lanes.get_mut(&place.lane()) {
            lane.remove((place.most, place.rank));
        }
        if let Some(turn) = place.turn {
            if let Some(waiting) = self.turns.get_mut(turn) {
                waiting.all.remove(&place.rank);
                waiting.offered = waiting.offered.filter(|(_, offered)| *offered != place.rank);
            }
            self.offer(place.lane(), turn);
        }
        if let Some(group) = place.group
            && let Some(ranks) = self.groups.get_mut(group)
        {
            ranks.remove(&place.rank);
            if ranks.is_empty() {
                self.groups.remove(group);
            }
        }
    }

    /// Makes the first that waits for a value a ready one, where nothing runs with it.
    fn offer(&mut self, lane: Option<u8>, turn: &TurnValue) {
        let (Some(waiting), Some(lane)) = (self.turns.get_mut(turn), self.lanes.get_mut(&lane)) else { return };
        let first =
            waiting.all.first_key_value().map(|(rank, most)| (*most, *rank)).filter(|_| waiting.running.is_empty());
        if waiting.offered != first {
            if let Some(offered) = waiting.offered {
                lane.remove(offered);
            }
            if let Some(first) = first {
                lane.insert(first);
            }
            waiting.offered = first;
        }
        if waiting.all.is_empty() && waiting.running.is_empty() {
            self.turns.remove(turn);
        }
    }

    /// The first that may start now.
    pub(super) fn first(&self) -> Option<Rank> {
        let is_open =
            |lane: &Lane, most: Option<u64>| most.is_none_or(|most| lane.running.saturating_add(self.others) < most);
        let open = self.lanes.values().flat_map(|lane| {
            lane.ready.iter().filter(move |(most, _)| is_open(lane, **most)).filter_map(|(_, ranks)| ranks.first())
        });
        open.min().copied()
    }

    /// Whether nothing runs, and nothing would start if less did.
    pub(super) fn is_idle(&self) -> bool {
        self.turns.is_empty() && self.lanes.values().all(|lane| lane.running == 0 && lane.ready.is_empty())
    }

    /// Those that may share a call with others of their group, in order.
    pub(super) fn of_group(&self, group: &str) -> impl Iterator<Item = Rank> + '_ {
        self.groups.get(group).into_iter().flatten().copied()
    }

    /// Those that wait for a value, in order.
    pub(super) fn of_turn(&self, turn: &TurnValue) -> Vec<Rank> {
        self.turns.get(turn).map(|waiting| waiting.all.keys().copied().collect()).unwrap_or_default()
    }

    /// The request that has the value of another one now, or is to have it first.
    pub(super) fn before(&self, place: Place<'_>) -> Option<usize> {
        let waiting = self.turns.get(place.turn?)?;
        let next = waiting.offered.map(|(_, (_, _, index))| index);
        waiting.running.first().copied().or(next).filter(|index| *index != place.rank.2)
    }

    /// Notes that a call runs.
    pub(super) fn call_begins(&mut self, limit: Option<&'static Limit>) {
        self.lanes.entry(limit.map(|limit| limit.rank)).or_default().running += 1;
    }

    /// Notes that a call has ended.
    pub(super) fn call_ends(&mut self, limit: Option<&'static Limit>) {
        let lane = self.lanes.entry(limit.map(|limit| limit.rank)).or_default();
        lane.running = lane.running.saturating_sub(1);
    }

    /// Takes a request out, because it starts.
    pub(super) fn begin(&mut self, place: Place<'_>) {
        if let Some(turn) = place.turn
            && let Some(waiting) = self.turns.get_mut(turn)
        {
            waiting.running.insert(place.rank.2);
        }
        self.leave(place);
    }

    /// Notes that a request has ended.
    pub(super) fn end(&mut self, place: Place<'_>) {
        if let Some(turn) = place.turn {
            if let Some(waiting) = self.turns.get_mut(turn) {
                waiting.running.remove(&place.rank.2);
            }
            self.offer(place.lane(), turn);
        }
    }
}
