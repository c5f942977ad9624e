//! `gather` and `shield` of random children.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::pin::pin;

use futures_lite::FutureExt;
use tulipa_cancel::{Cancelled, catch_cancel};
use tulipa_combine::{gather, shield};
use tulipa_task::create_task;
use tulipa_time::{sleep, yield_now};

use super::{End, Log, Moment, ms};
use crate::support::{run, run_reporting, seeds, telling};

const SEEDS: u64 = 5_000;

/// What a child does when it is cancelled.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Ends,
    CleansUp(Moment),
    GoesOn,
    PanicsAfter(Moment),
}

/// Children end at whole hundreds, and are cancelled in between.
#[derive(Clone, Copy, Debug)]
struct Child {
    at: Moment,
    end: End,
    answer: Answer,
}

/// Tells the end of a child, by its number.
struct Told {
    number: usize,
    end: Cell<End>,
    log: Log<(usize, End)>,
}

impl Drop for Told {
    fn drop(&mut self) {
        self.log.add((self.number, self.end.get()));
    }
}

impl Child {
    fn random(rng: &mut fastrand::Rng) -> Self {
        let time = rng.u64(1..4) * 100;
        let answers =
            [Answer::Ends, Answer::CleansUp(time), Answer::GoesOn, Answer::PanicsAfter(time)];
        let (at, end) = (rng.u64(1..8) * 100, End::any(rng));
        Self { at, end, answer: *rng.choice(&answers).unwrap() }
    }

    async fn run(self, number: usize, log: Log<(usize, End)>) {
        let told = Told { number, end: Cell::new(End::Cancelled), log };
        let mut body = pin!(sleep(ms(self.at)));
        let end = loop {
            let Err(token) = catch_cancel(body.as_mut()).await else { break self.end };
            match self.answer {
                Answer::Ends => token.resume().await,
                Answer::CleansUp(time) => {
                    sleep(ms(time)).await;
                    token.resume().await;
                }
                Answer::PanicsAfter(time) => {
                    sleep(ms(time)).await;
                    token.suppress();
                    break End::Panic;
                }
                Answer::GoesOn => token.suppress(),
            }
        };
        told.end.set(end);
        match end {
            End::Panic => resume_unwind(Box::new(number)),
            end => end.reach().await,
        }
    }

    /// When and how it ends, if it is cancelled at these times.
    fn result(self, requests: &[Moment]) -> (Moment, End) {
        let mut requests = requests.iter().copied();
        let Some(first) = requests.next().filter(|first| *first < self.at) else {
            return (self.at, self.end);
        };
        let (time, end) = match self.answer {
            Answer::GoesOn => return (self.at, self.end),
            Answer::Ends => (0, End::Cancelled),
            Answer::CleansUp(time) => (time, End::Cancelled),
            Answer::PanicsAfter(time) => (time, End::Panic),
        };
        match requests.next() {
            // It interrupts the cleanup.
            Some(second) if second < first + time => (second, End::Cancelled),
            _ => (first + time, end),
        }
    }
}

#[derive(Clone, Debug)]
struct Plan {
    children: Vec<Child>,
    return_exceptions: bool,
    /// When the one who awaits is cancelled: at most twice.
    requests: Vec<Moment>,
}

/// What comes of awaiting it.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Values,
    Ends(Vec<End>),
    Panic(usize),
    Cancelled,
}

/// What must come of it, and when.
struct Expected {
    outcome: Outcome,
    at: Moment,
    ends: Vec<(Moment, End)>,
    /// Whether a request stayed pending.
    pending: bool,
    /// Panics that went nowhere.
    reports: usize,
}

fn latest(ends: &[(Moment, End)]) -> Moment {
    ends.iter().map(|(at, _)| *at).max().unwrap_or(0)
}

impl Plan {
    fn random(rng: &mut fastrand::Rng) -> Self {
        let first = rng.u64(..8) * 100 + 25;
        let second = first + rng.u64(..4) * 100 + 50;
        Self {
            children: (0..rng.usize(..5)).map(|_| Child::random(rng)).collect(),
            return_exceptions: rng.bool(),
            requests: [first, second][..rng.usize(..3)].to_vec(),
        }
    }

    fn ends(&self, requests: &[Moment]) -> Vec<(Moment, End)> {
        self.children.iter().map(|child| child.result(requests)).collect()
    }

    fn result(&self) -> Expected {
        let ends = self.ends(&[]);
        let failed = ends.iter().filter(|(_, end)| !self.return_exceptions && *end != End::Value);
        let at = failed.map(|(at, _)| *at).min().unwrap_or_else(|| latest(&ends));
        let mut requests = self.requests.iter().copied();
        let Some(first) = requests.next().filter(|first| *first < at) else {
            return self.collect(at, ends, false);
        };
        // From then on it waits for all.
        let mut ends = self.ends(&[first]);
        if let Some(second) = requests.next().filter(|second| *second < latest(&ends)) {
            ends = self.ends(&[first, second]);
        }
        self.collect(latest(&ends), ends, true)
    }

    fn collect(&self, at: Moment, ends: Vec<(Moment, End)>, asked: bool) -> Expected {
        let panics = ends.iter().filter(|(_, end)| *end == End::Panic).count();
        let place = |of: End| ends.iter().position(|(_, end)| *end == of);
        let first_failed =
            (0..ends.len()).filter(|i| ends[*i].1 != End::Value).min_by_key(|i| ends[*i].0);
        let outcome = match (self.return_exceptions, asked) {
            (true, true) if place(End::Cancelled).is_some() => Outcome::Cancelled,
            (true, _) => Outcome::Ends(ends.iter().map(|(_, end)| *end).collect()),
            (false, true) if place(End::Panic).is_some() => {
                Outcome::Panic(place(End::Panic).unwrap())
            }
            (false, _) => match first_failed {
                None => Outcome::Values,
                Some(place) if ends[place].1 == End::Panic => Outcome::Panic(place),
                Some(_) => Outcome::Cancelled,
            },
        };
        let seen = match outcome {
            Outcome::Ends(_) => panics,
            Outcome::Panic(_) => 1,
            Outcome::Values | Outcome::Cancelled => 0,
        };
        Expected { outcome, at, ends, pending: asked, reports: panics - seen }
    }
}

async fn await_as_planned(plan: Plan, log: Log<(usize, End)>) -> Outcome {
    let numbered = plan.children.iter().enumerate();
    let children = numbered.map(|(number, child)| child.run(number, log.clone()));
    let all = gather(children.collect::<Vec<_>>());
    if plan.return_exceptions {
        let results = all.return_exceptions().await;
        return Outcome::Ends(results.iter().map(End::of).collect());
    }
    match AssertUnwindSafe(all).catch_unwind().await {
        Ok(_) => Outcome::Values,
        Err(payload) => Outcome::Panic(*payload.downcast().expect("children panic so")),
    }
}

#[test]
fn gather_gives_what_it_must_when_it_must() {
    seeds(SEEDS, |rng| {
        let plan = Plan::random(rng);
        let expected = plan.result();
        telling(&plan.clone(), || {
            let ((outcome, at, pending, mut ends), reports) = run_reporting(async move {
                let log = Log::start();
                let (inside, requests) = (log.clone(), plan.requests.clone());
                let awaiter = create_task(async move {
                    let outcome = await_as_planned(plan, inside).await;
                    let told = catch_cancel(yield_now()).await.map_err(Cancelled::suppress);
                    (outcome, told.is_err())
                });
                let view = awaiter.task_ref();
                let canceller = log.clone();
                create_task(async move {
                    for at in requests {
                        sleep(ms(at - canceller.now())).await;
                        view.cancel();
                    }
                })
                .detach();
                let (outcome, told) = awaiter.await.unwrap_or((Outcome::Cancelled, true));
                let at = log.now();
                sleep(ms(2_000)).await;
                (outcome, at, told, log.take())
            });
            assert_eq!((outcome, at), (expected.outcome.clone(), expected.at));
            if expected.outcome != Outcome::Cancelled {
                assert_eq!(pending, expected.pending, "a request that did not matter stays");
            }
            let told = expected.ends.into_iter().enumerate();
            let mut expected_ends: Vec<_> = told.map(|(i, (at, end))| (at, (i, end))).collect();
            ends.sort_by_key(|(_, (number, _))| *number);
            expected_ends.sort_by_key(|(_, (number, _))| *number);
            assert_eq!(ends, expected_ends);
            assert_eq!(reports.len(), expected.reports, "{reports:?}");
        });
    });
}

#[test]
fn shield_tells_the_one_who_waits_and_lets_the_work_go_on() {
    seeds(SEEDS, |rng| {
        let (at, end) = (rng.u64(1..8) * 100, End::any(rng));
        let requests: Vec<_> = (0..8).map(|i| i * 100 + 50).filter(|_| rng.bool()).collect();
        telling(&(at, end, requests.clone()), || {
            run(async move {
                let log = Log::start();
                let (inside, told) = (log.clone(), requests.clone());
                let waiter = create_task(async move {
                    let mut work = shield(async move {
                        sleep(ms(at)).await;
                        end.reach().await;
                    });
                    let view = work.task_ref();
                    loop {
                        let ended = AssertUnwindSafe(&mut work).catch_unwind();
                        match catch_cancel(ended).await {
                            Ok(ended) => break if ended.is_ok() { End::Value } else { End::Panic },
                            Err(token) if view.done() => {
                                token.suppress();
                                break End::Cancelled;
                            }
                            Err(token) => token.suppress(),
                        }
                        inside.add(());
                    }
                });
                let (view, clock) = (waiter.task_ref(), log.clone());
                create_task(async move {
                    for at in told {
                        sleep(ms(at - clock.now())).await;
                        view.cancel();
                    }
                })
                .detach();
                assert_eq!((waiter.await.unwrap(), log.now()), (end, at));
                let expected = requests.into_iter().filter(|request| *request < at);
                assert!(log.take().into_iter().map(|(at, ())| at).eq(expected));
            });
        });
    });
}
