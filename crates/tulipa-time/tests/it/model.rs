//! Random nests of timeouts, sleeps, cleanups and catches, in a task that may be cancelled from
//! outside, against a plain computation of what ends when.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::create_task;
use tulipa_test::TestLoop;
use tulipa_time::{sleep, sleep_until, timeout};

use crate::support::seeds;

const SEEDS: u64 = 10_000;

/// Times are in nanoseconds, drawn from so many that no two deadlines are the same.
const SECOND: u64 = 1_000_000_000;

/// The numbers name places in the log. No sleep is of zero: what others do in that iteration would
/// decide, and not the clock.
#[derive(Debug)]
enum Tree {
    Sleep(usize, u64),
    InOrder(Vec<Tree>),
    Timeout(usize, u64, Box<Tree>),
    /// Sleeps after the rest, however that ends.
    Finally(usize, u64, Box<Tree>),
    Suppress(usize, Box<Tree>),
}

fn grow(rng: &mut fastrand::Rng, depth: usize, places: &mut usize) -> Tree {
    *places += 1;
    let (place, time) = (*places, rng.u64(1..2 * SECOND));
    let zero = rng.u8(..8) == 0;
    let kind = if depth == 0 { 0 } else { rng.u8(..10) };
    let mut inner = |rng: &mut fastrand::Rng| Box::new(grow(rng, depth - 1, places));
    match kind {
        0 => Tree::Sleep(place, time),
        1..=3 => Tree::InOrder((0..rng.usize(..4)).map(|_| *inner(rng)).collect()),
        4..=6 => Tree::Timeout(place, if zero { 0 } else { time }, inner(rng)),
        7 | 8 => Tree::Finally(place, time, inner(rng)),
        _ => Tree::Suppress(place, inner(rng)),
    }
}

/// What happened where, and when.
type Entry = (usize, &'static str, u64);

#[derive(Clone)]
struct Log {
    entries: Rc<RefCell<Vec<Entry>>>,
    start: Instant,
}

impl Log {
    fn add(&self, place: usize, what: &'static str) {
        let now = (tulipa_rt::current().now() - self.start).as_nanos();
        self.entries.borrow_mut().push((place, what, now.try_into().unwrap()));
    }
}

fn run(tree: Tree, log: Log) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        match tree {
            Tree::Sleep(place, time) => {
                sleep(Duration::from_nanos(time)).await;
                log.add(place, "slept");
            }
            Tree::InOrder(trees) => {
                for tree in trees {
                    run(tree, log.clone()).await;
                }
            }
            Tree::Timeout(place, time, inner) => {
                let ended = timeout(Duration::from_nanos(time), run(*inner, log.clone())).await;
                log.add(place, if ended.is_ok() { "in time" } else { "too late" });
            }
            Tree::Finally(place, time, inner) => {
                let cleanup = async || {
                    sleep(Duration::from_nanos(time)).await;
                    log.add(place, "cleaned");
                };
                run(*inner, log.clone()).finally(cleanup).await;
            }
            Tree::Suppress(place, inner) => {
                if let Err(token) = catch_cancel(run(*inner, log.clone())).await {
                    token.suppress();
                    log.add(place, "suppressed");
                }
            }
        }
    })
}

/// The computation: the clock, and what may interrupt a sleep, from the outside inward. The first
/// is the request from outside.
struct Model {
    now: u64,
    around: Vec<Deadline>,
    log: Vec<Entry>,
}

#[derive(Default)]
struct Deadline {
    at: u64,
    passed: bool,
    /// A value won over it, and it waits for the next suspension.
    due: bool,
}

/// The place in `around` that unwinds what is inside it.
type Unwinds = usize;

impl Model {
    fn add(&mut self, place: usize, what: &'static str) {
        self.log.push((place, what, self.now));
    }

    fn sleep(&mut self, time: u64) -> Result<(), Unwinds> {
        let end = self.now + time;
        let around = self.around.iter().filter(|deadline| deadline.due || !deadline.passed);
        let when = |deadline: &Deadline| if deadline.due { 0 } else { deadline.at }.max(self.now);
        let first = around.map(when).min();
        let Some(first) = first.filter(|first| *first <= end) else {
            self.now = end;
            return Ok(());
        };
        self.now = first;
        // Of all that are due by then the outermost unwinds, and the others go with it.
        let is_due = |held: &Deadline| held.due || !held.passed && held.at <= first;
        let outermost = self.around.iter().position(is_due).expect("the first is due");
        for deadline in &mut self.around {
            deadline.passed |= deadline.at <= first;
            deadline.due = false;
        }
        Err(outermost)
    }

    fn run(&mut self, tree: &Tree) -> Result<(), Unwinds> {
        match tree {
            Tree::Sleep(place, time) => {
                self.sleep(*time)?;
                self.add(*place, "slept");
                Ok(())
            }
            Tree::InOrder(trees) => trees.iter().try_for_each(|tree| self.run(tree)),
            Tree::Timeout(place, time, inner) => {
                let own = self.around.len();
                self.around.push(Deadline { at: self.now + time, ..Deadline::default() });
                let ended = self.run(inner);
                self.around.truncate(own);
                if ended.is_err_and(|unwinds| unwinds != own) {
                    return ended;
                }
                self.add(*place, if ended.is_ok() { "in time" } else { "too late" });
                Ok(())
            }
            Tree::Finally(place, time, inner) => {
                let ended = self.run(inner);
                let cleaned = self.sleep(*time);
                if cleaned.is_ok() {
                    self.add(*place, "cleaned");
                }
                match (ended, cleaned) {
                    // The outermost wins.
                    (Err(one), Err(two)) => Err(one.min(two)),
                    (Err(unwinds), Ok(())) => Err(unwinds),
                    // What interrupted the cleanup stays pending, and the value is returned.
                    (Ok(()), Err(due)) => {
                        self.around[due].due = true;
                        Ok(())
                    }
                    (Ok(()), Ok(())) => Ok(()),
                }
            }
            Tree::Suppress(place, inner) => {
                if self.run(inner).is_err() {
                    self.add(*place, "suppressed");
                }
                Ok(())
            }
        }
    }
}

#[test]
fn nests_of_timeouts_end_when_and_as_computed() {
    let mut counts = [0; 3];
    seeds(SEEDS, |rng| {
        let depth = rng.usize(1..6);
        let tree = grow(rng, depth, &mut 0);
        let request = rng.u64(1..4 * SECOND);
        let told = format!("{tree:?}, cancelled at {request}");

        let outside = Deadline { at: request, ..Deadline::default() };
        let mut model = Model { now: 0, around: vec![outside], log: Vec::new() };
        let expected = model.run(&tree);

        let test_loop = TestLoop::new();
        let log = Log { entries: Rc::default(), start: test_loop.now() };
        let inside = log.clone();
        let ended = test_loop.run_until_complete(async move {
            let start = inside.start;
            let task = create_task(run(tree, inside));
            let view = task.task_ref();
            create_task(async move {
                sleep_until(start + Duration::from_nanos(request)).await;
                view.cancel();
            })
            .detach();
            task.await.map_err(|error| assert!(error.is_cancelled()))
        });
        assert_eq!(log.entries.take(), model.log, "{told}");
        assert_eq!(ended.unwrap(), expected.map_err(|_| ()), "{told}");
        assert_eq!((test_loop.now() - log.start).as_nanos(), u128::from(model.now), "{told}");
        test_loop.advance(Duration::from_secs(10));
        assert_eq!((test_loop.armed_timers(), test_loop.pending_tasks()), (0, 0), "{told}");
        for (_, what, _) in model.log {
            for (count, word) in counts.iter_mut().zip(["too late", "cleaned", "suppressed"]) {
                *count += usize::from(what == word);
            }
        }
    });
    assert!(counts.iter().all(|count| *count > 500), "the nests are worth a test: {counts:?}");
}
