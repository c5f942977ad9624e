//! `as_completed` of random children, taken at random moments.

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures_lite::FutureExt;
use tulipa_cancel::catch_cancel;
use tulipa_combine::as_completed;
use tulipa_task::create_task;
use tulipa_time::sleep;

use super::{End, Log, Moment, ms};
use crate::support::{run_reporting, seeds, telling};

const SEEDS: u64 = 5_000;

#[derive(Clone, Debug)]
struct Plan {
    /// At whole hundreds.
    children: Vec<(Moment, End)>,
    /// How long the one who takes them pauses before each.
    pauses: Vec<Moment>,
    /// Between the whole hundreds.
    deadline: Option<Moment>,
    /// Whether the deadline is set after the first result was taken.
    late: bool,
}

/// What comes of asking for the next.
#[derive(Clone, Debug, PartialEq)]
enum Next {
    Value(usize),
    Panic(usize),
    Cancelled,
    TooLate,
    NoMore,
}

impl Plan {
    fn random(rng: &mut fastrand::Rng) -> Self {
        let count = rng.usize(..6);
        let pause = |rng: &mut fastrand::Rng| if rng.bool() { 0 } else { rng.u64(..4) * 100 + 20 };
        let deadline = rng.bool().then(|| rng.u64(..8) * 100 + 50);
        Self {
            children: (0..count).map(|_| (rng.u64(1..8) * 100, End::any(rng))).collect(),
            pauses: (0..=count).map(|_| pause(rng)).collect(),
            deadline,
            late: deadline.is_some() && count > 0 && rng.bool(),
        }
    }

    /// What is given when, and who is never asked about.
    fn result(&self) -> (Vec<(Moment, Next)>, Vec<usize>) {
        let mut ends: Vec<_> = (0..self.children.len()).collect();
        ends.sort_by_key(|i| self.children[*i].0);
        let mut ends = std::collections::VecDeque::from(ends);
        let (mut now, mut given) = (0, Vec::new());
        // From when it is set.
        let mut deadline = self.deadline.filter(|_| !self.late);
        for (nth, pause) in self.pauses.iter().enumerate() {
            now += pause;
            let in_time = ends.front().filter(|i| {
                let at = self.children[**i].0;
                at <= now || deadline.is_none_or(|deadline| at < deadline.max(now))
            });
            let next = if nth == self.children.len() {
                Next::NoMore
            } else if let Some(&i) = in_time {
                ends.pop_front();
                now = now.max(self.children[i].0);
                match self.children[i].1 {
                    End::Value => Next::Value(i),
                    End::Panic => Next::Panic(i),
                    End::Cancelled => Next::Cancelled,
                }
            } else {
                now = now.max(deadline.unwrap());
                Next::TooLate
            };
            given.push((now, next));
            if nth == 0 && self.late {
                deadline = self.deadline.map(|deadline| now + deadline);
            }
        }
        (given, ends.into())
    }
}

/// What came of awaiting `next`.
async fn outcome(next: impl Future<Output = Option<Result<usize, impl Sized>>>) -> Next {
    match catch_cancel(AssertUnwindSafe(next).catch_unwind()).await {
        Ok(Ok(Some(Ok(number)))) => Next::Value(number),
        Ok(Ok(Some(Err(_)))) => Next::TooLate,
        Ok(Ok(None)) => Next::NoMore,
        Ok(Err(payload)) => Next::Panic(*payload.downcast().expect("children panic so")),
        Err(token) => {
            token.suppress();
            Next::Cancelled
        }
    }
}

async fn take_as_planned(plan: Plan, log: Log<Next>) {
    let child = |(number, (at, end)): (usize, (Moment, End))| async move {
        sleep(ms(at)).await;
        match end {
            End::Panic => resume_unwind(Box::new(number)),
            end => end.reach().await,
        }
        number
    };
    let mut results = as_completed(plan.children.into_iter().enumerate().map(child));
    let mut pauses = plan.pauses.into_iter();
    let pause = async |time| {
        if time > 0 {
            sleep(ms(time)).await;
        }
    };
    if plan.deadline.is_none() || plan.late {
        for time in pauses.by_ref() {
            pause(time).await;
            let next = async { results.next().await.map(Ok::<_, ()>) };
            log.add(outcome(next).await);
            if plan.late {
                break;
            }
        }
    }
    let Some(deadline) = plan.deadline else { return };
    let mut results = results.timeout(ms(deadline));
    for time in pauses {
        pause(time).await;
        log.add(outcome(results.next()).await);
    }
}

#[test]
fn as_completed_gives_each_in_order_or_says_too_late() {
    seeds(SEEDS, |rng| {
        let plan = Plan::random(rng);
        let (expected, left) = plan.result();
        let unseen = left.iter().filter(|i| plan.children[**i].1 == End::Panic).count();
        telling(&plan.clone(), || {
            let (given, reports) = run_reporting(async {
                let log = Log::start();
                create_task(take_as_planned(plan, log.clone())).await.unwrap();
                log.take()
            });
            assert_eq!(given, expected);
            assert_eq!(reports.len(), unseen, "{reports:?}");
        });
    });
}
