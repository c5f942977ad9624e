//! `wait` on random tasks and promises.

use std::cell::OnceCell;
use std::rc::Rc;

use tulipa_combine::{ReturnWhen, Waitable, wait};
use tulipa_task::{CallbackId, Promise, Task, create_task};
use tulipa_time::{sleep, yield_now};

use super::{End, Log, Moment, ms};
use crate::support::{run, seeds};

const SEEDS: u64 = 5_000;

/// Children end at whole hundreds, so that several end at once.
#[derive(Clone, Copy, Debug)]
struct Child {
    at: Moment,
    end: End,
    is_promise: bool,
}

#[derive(Clone, Debug)]
struct Plan {
    children: Vec<Child>,
    return_when: ReturnWhen,
    timeout: Option<Moment>,
    /// When `wait` is called.
    called: Moment,
    /// Whether the children have begun by then.
    begun: bool,
    /// When the one who waits is cancelled.
    cancelled: Option<Moment>,
}

impl Plan {
    fn random(rng: &mut fastrand::Rng) -> Self {
        let child = |rng: &mut fastrand::Rng| Child {
            at: rng.u64(1..8) * 100,
            end: End::any(rng),
            is_promise: rng.bool(),
        };
        let children = (0..rng.usize(..6)).map(|_| child(rng)).collect();
        let kinds =
            [ReturnWhen::AllCompleted, ReturnWhen::FirstCompleted, ReturnWhen::FirstException];
        // Between the ends of children.
        let called = if rng.bool() { 0 } else { rng.u64(..7) * 100 + 50 };
        Self {
            children,
            return_when: *rng.choice(&kinds).unwrap(),
            timeout: rng.bool().then(|| rng.u64(..16) * 50),
            called,
            begun: called > 0 || rng.bool(),
            cancelled: (rng.u8(..4) == 0).then(|| rng.u64(..8) * 100 + 25),
        }
    }

    /// When it returns, and who is done by then.
    fn result(&self) -> (Moment, Vec<usize>) {
        let ends = || self.children.iter().map(|child| child.at);
        let all = ends().max().unwrap_or(0);
        let enough = match self.return_when {
            ReturnWhen::AllCompleted => all,
            ReturnWhen::FirstCompleted => ends().min().unwrap_or(0),
            ReturnWhen::FirstException => {
                let panics = self.children.iter().filter(|child| child.end == End::Panic);
                panics.map(|child| child.at).min().unwrap_or(all)
            }
        };
        let enough = enough.max(self.called);
        let deadline = self.timeout.map_or(Moment::MAX, |timeout| self.called + timeout);
        let at = enough.min(deadline);
        // Who ends at the very deadline is done if its timer is older than that of the wait.
        let is_done =
            |child: &Child| child.at < at || child.at == at && (at < deadline || self.begun);
        let done = (0..self.children.len()).filter(|i| is_done(&self.children[*i]));
        (at, done.collect())
    }
}

enum Item {
    Task(usize, Task<()>),
    Promise(usize, Promise<()>),
}

impl Item {
    fn start(number: usize, child: Child) -> Self {
        let Child { at, end, is_promise } = child;
        if !is_promise {
            let work = async move {
                sleep(ms(at)).await;
                end.reach().await;
            };
            return Self::Task(number, create_task(work));
        }
        let promise = Promise::new();
        let sets = promise.clone();
        create_task(async move {
            sleep(ms(at)).await;
            match end {
                End::Value => sets.set_result(()).unwrap(),
                End::Panic => sets.set_exception("on purpose").unwrap(),
                End::Cancelled => assert!(sets.cancel()),
            }
        })
        .detach();
        Self::Promise(number, promise)
    }

    fn number(&self) -> usize {
        match self {
            Self::Task(number, _) | Self::Promise(number, _) => *number,
        }
    }

    /// Also looks at what it ended with, so that nothing is reported.
    fn end(&self) -> Option<End> {
        match self {
            Self::Task(_, task) => match task.exception() {
                Ok(error) => Some(error.map_or(End::Value, |error| {
                    if error.is_cancelled() { End::Cancelled } else { End::Panic }
                })),
                Err(_) => None,
            },
            Self::Promise(_, promise) => match promise.result() {
                Ok(()) => Some(End::Value),
                Err(error) if error.is_cancelled() => Some(End::Cancelled),
                Err(_) => promise.done().then_some(End::Panic),
            },
        }
    }
}

impl Waitable for Item {
    fn is_done(&self) -> bool {
        match self {
            Self::Task(_, task) => task.is_done(),
            Self::Promise(_, promise) => promise.is_done(),
        }
    }

    fn has_failed(&self) -> bool {
        match self {
            Self::Task(_, task) => task.has_failed(),
            Self::Promise(_, promise) => promise.has_failed(),
        }
    }

    fn when_done(&self, callback: Box<dyn FnOnce()>) -> CallbackId {
        match self {
            Self::Task(_, task) => task.when_done(callback),
            Self::Promise(_, promise) => promise.when_done(callback),
        }
    }

    fn forget(&self, callback: CallbackId) {
        match self {
            Self::Task(_, task) => task.forget(callback),
            Self::Promise(_, promise) => promise.forget(callback),
        }
    }
}

async fn wait_as_planned(plan: Plan, log: Log<Vec<usize>>) {
    let items = Rc::<OnceCell<Vec<Item>>>::default();
    let (made, inside) = (items.clone(), log.clone());
    let Plan { called, begun, return_when, timeout, .. } = plan;
    let children = plan.children.clone();
    let waiter = create_task(async move {
        let items = children.into_iter().enumerate();
        let items = items.map(|(number, child)| Item::start(number, child));
        let items = made.get_or_init(|| items.collect());
        if called > 0 {
            sleep(ms(called)).await;
        } else if begun {
            yield_now().await;
        }
        let mut waiting = wait(items).return_when(return_when);
        if let Some(timeout) = timeout {
            waiting = waiting.timeout(ms(timeout));
        }
        let (done, pending) = waiting.await;
        assert_eq!(done.len() + pending.len(), items.len());
        assert!(pending.iter().all(|item| !item.is_done()));
        inside.add(done.iter().map(|item| item.number()).collect());
    });
    if let Some(at) = plan.cancelled {
        sleep(ms(at)).await;
        waiter.cancel();
    }
    let (at, done) = plan.result();
    let cancelled = plan.cancelled.is_some_and(|cancelled| cancelled < at);
    assert_eq!(waiter.await.is_err(), cancelled);
    let expected = if cancelled { Vec::new() } else { vec![(at, done)] };
    assert_eq!(log.take(), expected);
    // Nobody was cancelled by this.
    sleep(ms(1_000)).await;
    for (item, child) in items.get().unwrap().iter().zip(&plan.children) {
        assert_eq!(item.end(), Some(child.end));
    }
}

#[test]
fn wait_returns_who_is_done_when_it_is_enough() {
    seeds(SEEDS, |rng| {
        let plan = Plan::random(rng);
        crate::support::telling(&plan.clone(), || {
            run(async { wait_as_planned(plan, Log::start()).await });
        });
    });
}
