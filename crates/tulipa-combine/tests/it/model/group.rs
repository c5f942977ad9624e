//! Task groups of random children: their errors, in order; nobody left alive; cancellations from
//! outside neither lost nor counted twice.

use std::cell::Cell;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};

use futures_lite::FutureExt;
use tulipa_cancel::{Cancelled, catch_cancel, raise};
use tulipa_combine::{ChildFailure, TaskGroup, TaskGroupError};
use tulipa_task::{create_task, current_task};
use tulipa_time::{sleep, yield_now};

use super::group_plan::{Actor, Answer, Finish, How, Model, Outcome, Step, time};
use super::{Log, ms};
use crate::support::{fail, run, seeds, telling};

const SEEDS: u64 = 10_000;

/// Tells how it ended when it is dropped.
struct Told {
    name: usize,
    how: Cell<How>,
    log: Log<(usize, How)>,
}

impl Drop for Told {
    fn drop(&mut self) {
        self.log.add((self.name, self.how.get()));
    }
}

type Acting<'a> = Pin<Box<dyn Future<Output = Result<(), &'static str>> + 'a>>;

/// Does what an actor has to, in the group.
fn act<'a>(actor: Actor, group: TaskGroup, log: Log<(usize, How)>) -> Acting<'a> {
    Box::pin(async move {
        let Actor { name, steps, end, answer } = actor;
        let told = Told { name, how: Cell::new(How::Cancelled), log };
        for step in steps {
            match step {
                Step::Sleep(time) => {
                    if nap(ms(time), answer).await.is_err() {
                        told.how.set(How::Error);
                        return Err("cancelled");
                    }
                }
                Step::Start(child) => {
                    let name = child.name.to_string();
                    let child = act(child, group.clone(), told.log.clone());
                    group.try_create_task(child).with_name(name).detach();
                }
                Step::CancelGroup => group.cancel(),
            }
        }
        match end {
            How::Cancelled => raise().await,
            how => told.how.set(how),
        }
        match end {
            How::Error => Err("failed"),
            How::Panic => fail("panicked"),
            _ => Ok(()),
        }
    })
}

async fn nap(time: std::time::Duration, answer: Answer) -> Result<(), ()> {
    if let Answer::Ends = answer {
        sleep(time).await;
        return Ok(());
    }
    let mut nap = pin!(sleep(time));
    while let Err(token) = catch_cancel(nap.as_mut()).await {
        match answer {
            Answer::Ends => unreachable!("it catches nothing"),
            Answer::CleansUp(time) => {
                sleep(ms(time)).await;
                token.resume().await;
            }
            Answer::GoesOn => token.suppress(),
            Answer::FailsAfter(time) => {
                sleep(ms(time)).await;
                token.suppress();
                return Err(());
            }
        }
    }
    Ok(())
}

fn outcome(ended: std::thread::Result<Result<(), TaskGroupError>>) -> Outcome {
    match ended {
        Err(_) => Outcome::BodyPanics,
        Ok(Ok(())) => Outcome::Value,
        Ok(Err(error)) if error.is_cancelled() => Outcome::OwnHand,
        Ok(Err(error)) => Outcome::Errors(
            error
                .errors()
                .iter()
                .map(|error| {
                    let name = error.task_name().map_or(0, |name| name.parse().unwrap());
                    let panicked = matches!(error.failure(), ChildFailure::Panic(_));
                    (name, if panicked { How::Panic } else { How::Error })
                })
                .collect(),
        ),
    }
}

/// Runs the group in a task of its own and cancels that at those times.
async fn run_as_planned(body: Actor, requests: Vec<u64>) -> Finish {
    let log = Log::start();
    let inside = log.clone();
    let task = create_task(async move {
        let ends = inside.clone();
        let group = TaskGroup::try_run(async |group| act(body, group.clone(), inside).await);
        let ended = AssertUnwindSafe(group).catch_unwind().await;
        let (at, requests) = (ends.now(), current_task().unwrap().cancelling());
        let told = catch_cancel(yield_now()).await.map_err(Cancelled::suppress);
        (outcome(ended), at, told.is_err(), requests)
    });
    let (view, clock) = (task.task_ref(), log.clone());
    create_task(async move {
        for at in requests {
            sleep(ms(at - clock.now())).await;
            view.cancel();
        }
    })
    .detach();
    let view = task.task_ref();
    let ended = task.await;
    let cancelled = || (Outcome::Cancelled, log.now(), true, view.cancelling());
    let (outcome, at, pending, requests) = ended.unwrap_or_else(|_| cancelled());
    // By now nobody is alive.
    let ends = log.take().into_iter().map(|(at, (name, how))| (name, (at, how)));
    let mut ends: Vec<_> = ends.collect();
    ends.sort_unstable();
    Finish { outcome, at, ends, pending, requests: requests as usize }
}

#[test]
fn a_group_of_random_children_comes_to_what_it_must() {
    let (mut skipped, mut outcomes) = (0, [0; 5]);
    seeds(SEEDS, |rng| {
        let depth = rng.usize(1..4);
        let body = Actor::random(rng, depth, &mut 0);
        let mut requests: Vec<_> = (0..rng.usize(..3)).map(|_| time(rng)).collect();
        requests.sort_unstable();
        let Some(expected) = Model::result(body.clone(), &requests) else {
            skipped += 1;
            return;
        };
        outcomes[match expected.outcome {
            Outcome::Value => 0,
            Outcome::Errors(_) => 1,
            Outcome::BodyPanics => 2,
            Outcome::OwnHand => 3,
            Outcome::Cancelled => 4,
        }] += 1;
        telling(&(body.clone(), requests.clone()), || {
            assert_eq!(run(run_as_planned(body, requests)), expected);
        });
    });
    assert!(skipped < 10, "{skipped}");
    assert!(outcomes.iter().all(|count| *count > 100), "each is worth a test: {outcomes:?}");
}
