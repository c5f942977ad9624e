//! The timers against a sorted list, and how many dead entries there may be.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use tulipa_rt::TimerId;

use super::{Alarm, Due, SMALL, Timers};

/// Tells its number when it is woken.
struct Numbered(usize, Arc<AtomicUsize>);

impl Wake for Numbered {
    fn wake(self: Arc<Self>) {
        self.1.store(self.0, Relaxed); // one thread
    }
}

/// The timers, and what they should hold: deadline and number, in order of arming.
struct Model {
    timers: Timers,
    start: Instant,
    armed: Vec<(i64, usize, TimerId)>,
    gone: Vec<TimerId>,
    numbers: usize,
    woken: Arc<AtomicUsize>,
}

impl Model {
    fn new() -> Self {
        let start = Instant::now();
        let (armed, gone) = (Vec::new(), Vec::new());
        Self { timers: Timers::new(start), start, armed, gone, numbers: 0, woken: Arc::default() }
    }

    fn instant(&self, micros: i64) -> Instant {
        let away = Duration::from_micros(micros.unsigned_abs());
        if micros < 0 { self.start.checked_sub(away).unwrap() } else { self.start + away }
    }

    fn arm(&mut self, micros: i64) {
        let waker = Waker::from(Arc::new(Numbered(self.numbers, self.woken.clone())));
        let id = self.timers.arm(self.instant(micros), Alarm::Wake(waker));
        assert!(self.timers.get_mut(id).is_some());
        self.armed.push((micros, self.numbers, id));
        self.numbers += 1;
    }

    fn disarm(&mut self, place: usize) {
        let (_, number, id) = self.armed.remove(place);
        let alarm = self.timers.disarm(id).expect("it was armed");
        assert_eq!(self.number(alarm), number);
        self.gone.push(id);
        let live = self.armed.len();
        let (dead, entries) = (self.timers.dead, self.timers.heap.len());
        assert_eq!(entries, live + dead);
        assert!(entries <= SMALL || dead <= live, "{dead} dead entries beside {live}");
    }

    fn number(&self, alarm: Alarm) -> usize {
        let Alarm::Wake(waker) = alarm else { unreachable!("only wakers were armed") };
        waker.wake();
        self.woken.load(Relaxed)
    }

    fn pop(&mut self, now: i64, which: Due) {
        let mut expected: Vec<_> =
            self.armed.iter().filter(|(micros, ..)| *micros <= now).copied().collect();
        expected.sort_by_key(|(micros, ..)| *micros); // stable: equal ones stay in order
        if which == Due::Next {
            let first = expected.first().map(|(micros, ..)| *micros);
            expected.retain(|(micros, ..)| Some(*micros) == first);
        }
        let mut due = Vec::new();
        self.timers.pop_due(self.instant(now), which, &mut due);
        let fired: Vec<_> = due.into_iter().map(|alarm| self.number(alarm)).collect();
        let expected_numbers: Vec<_> = expected.iter().map(|(_, number, _)| *number).collect();
        assert_eq!(fired, expected_numbers, "at {now}");
        self.armed.retain(|armed| !expected.contains(armed));
        self.gone.extend(expected.into_iter().map(|(.., id)| id));
    }

    fn check(&mut self) {
        let next = self.armed.iter().map(|(micros, ..)| *micros).min();
        assert_eq!(self.timers.next_deadline(), next.map(|micros| self.instant(micros)));
        for id in &self.gone {
            assert!(self.timers.disarm(*id).is_none(), "its slot may be another's by now");
            assert!(self.timers.get_mut(*id).is_none());
        }
    }
}

#[test]
fn timers_fire_like_a_sorted_list() {
    for seed in 0..300 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut model = Model::new();
        let mut now = 0;
        for _ in 0..300 {
            match rng.u32(..10) {
                0..5 => model.arm(now + rng.i64(-20..60)),
                5..8 if !model.armed.is_empty() => {
                    let place = rng.usize(..model.armed.len());
                    model.disarm(place);
                }
                8 => model.pop(now, Due::Next),
                _ => {
                    now += rng.i64(0..20);
                    model.pop(now, Due::All);
                }
            }
        }
        model.check();
        model.pop(now + 1_000, Due::All);
        assert!(model.armed.is_empty() && model.timers.is_empty());
        assert_eq!(model.timers.dead, 0);
    }
}

#[test]
fn the_dead_do_not_outnumber_the_living_for_long() {
    for seed in 0..20 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut model = Model::new();
        for _ in 0..1_000 {
            model.arm(rng.i64(1_000..100_000));
        }
        while !model.armed.is_empty() {
            let place = rng.usize(..model.armed.len());
            model.disarm(place); // asserts it each time
        }
        assert!(model.timers.heap.len() <= SMALL);
        assert_eq!(model.timers.next_deadline(), None);
        assert!(model.timers.is_empty(), "asking for the next takes the dead away");
    }
}

#[test]
fn slots_are_used_again() {
    let mut model = Model::new();
    for round in 0..1_000 {
        model.arm(round);
        model.arm(round + 5);
        model.disarm(model.armed.len() - 1);
        model.pop(round, Due::All);
    }
    assert!(model.timers.slots.len() <= 2, "{} slots for two timers", model.timers.slots.len());
    model.check();
}

#[test]
fn deadlines_far_away_are_kept_apart_up_to_292_years() {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    let mut model = Model::new();
    let now = model.start;
    for years in [300, 290, 400, 1] {
        let waker = Waker::from(Arc::new(Numbered(years, model.woken.clone())));
        model.timers.arm(now + YEAR * u32::try_from(years).unwrap(), Alarm::Wake(waker));
    }
    let mut due = Vec::new();
    model.timers.pop_due(now + YEAR * 500, Due::All, &mut due);
    let fired: Vec<_> = due.into_iter().map(|alarm| model.number(alarm)).collect();
    assert_eq!(fired, [1, 290, 300, 400], "those beyond in order of arming");
}

#[test]
fn what_is_cleared_is_given_back_and_forgotten() {
    let mut model = Model::new();
    (0..10).for_each(|micros| model.arm(micros));
    model.disarm(3);
    assert_eq!(model.timers.clear().len(), 9);
    assert!(model.timers.is_empty());
    assert_eq!(model.timers.next_deadline(), None);
    let (.., id) = model.armed[0];
    assert!(model.timers.disarm(id).is_none());
}
