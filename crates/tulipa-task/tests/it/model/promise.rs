//! Random operations on a promise, its awaiters and its callbacks, against a plain model of it and
//! of the loop's queue: one outcome, everybody told once, in order.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use tulipa_task::{CallbackId, Promise, PromiseError, Task};
use tulipa_test::TestLoop;

use crate::support::{Log, seeds};

const SEEDS: u64 = 2_000;
const STEPS: usize = 60;

#[derive(Clone, Copy)]
enum Operation {
    Set,
    Fail,
    CancelPromise,
    Look,
    Await,
    AddCallback,
    RemoveCallback,
    DropAwaited,
    CancelTask,
    Uncancel,
    Turn,
}

/// How often each is chosen.
const OPERATIONS: [(Operation, usize); 11] = [
    (Operation::Set, 1),
    (Operation::Fail, 1),
    (Operation::CancelPromise, 1),
    (Operation::Look, 1),
    (Operation::Await, 6),
    (Operation::AddCallback, 5),
    (Operation::RemoveCallback, 3),
    (Operation::DropAwaited, 3),
    (Operation::CancelTask, 2),
    (Operation::Uncancel, 2),
    (Operation::Turn, 20),
];

/// What became of the promise, in the words of the log.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Value(usize),
    Exception,
    Cancelled(Option<String>),
}

impl Outcome {
    fn of(result: Result<usize, PromiseError>) -> Option<Self> {
        match result {
            Ok(value) => Some(Self::Value(value)),
            Err(PromiseError::Exception(_)) => Some(Self::Exception),
            Err(PromiseError::Cancelled(error)) => {
                Some(Self::Cancelled(error.message().map(str::to_owned)))
            }
            Err(PromiseError::InvalidState(_)) => None,
        }
    }
}

/// Who is to be told, or is about to run.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Who {
    Awaiter(usize),
    Callback(usize),
    /// Added by that callback as it ran.
    CallbackOf(usize),
}

/// One task that awaits the promise, as the model sees it.
#[derive(Debug, Default)]
struct Awaiter {
    queued: bool,
    started: bool,
    /// The test dropped what it awaits.
    dropped: bool,
    requests: u32,
    due: Option<String>,
    /// How often its body was polled: nobody is woken for nothing.
    polls: usize,
    /// Whether it ended cancelled.
    ended: Option<bool>,
}

#[derive(Default)]
struct Model {
    outcome: Option<Outcome>,
    /// An exception was set, and nobody has looked at it.
    unseen: bool,
    waiters: Vec<Who>,
    queue: VecDeque<Who>,
    awaiters: Vec<Awaiter>,
    /// Per callback: whether it adds another as it runs.
    adds: Vec<bool>,
    log: Vec<String>,
}

impl Model {
    fn finish(&mut self, outcome: Outcome) -> bool {
        let first = self.outcome.is_none();
        if first {
            self.unseen = outcome == Outcome::Exception;
            self.outcome = Some(outcome);
            for who in std::mem::take(&mut self.waiters) {
                self.enqueue(who);
            }
        }
        first
    }

    fn enqueue(&mut self, who: Who) {
        match who {
            Who::Awaiter(id) if std::mem::replace(&mut self.awaiters[id].queued, true) => {}
            who => self.queue.push_back(who),
        }
    }

    fn add_callback(&mut self, adds: bool) {
        let callback = Who::Callback(self.adds.len());
        self.adds.push(adds);
        match self.outcome {
            Some(_) => self.enqueue(callback),
            None => self.waiters.push(callback),
        }
    }

    /// Whether it was waiting.
    fn forget(&mut self, who: Who) -> bool {
        let before = self.waiters.len();
        self.waiters.retain(|waiter| *waiter != who);
        self.waiters.len() < before
    }

    fn kind(&self) -> &'static str {
        match self.outcome {
            Some(Outcome::Value(_)) => "value",
            Some(Outcome::Exception) => "exception",
            Some(Outcome::Cancelled(_)) => "cancelled",
            None => unreachable!("callbacks run when it is done"),
        }
    }

    fn turn(&mut self) {
        for _ in 0..self.queue.len() {
            match self.queue.pop_front() {
                Some(Who::Awaiter(id)) => self.poll(id),
                Some(Who::Callback(id)) => {
                    self.log.push(format!("callback {id}: {}", self.kind()));
                    if self.adds[id] {
                        self.enqueue(Who::CallbackOf(id));
                    }
                }
                Some(Who::CallbackOf(id)) => {
                    self.log.push(format!("callback of {id}: {}", self.kind()));
                }
                None => unreachable!("nothing is taken back from the queue"),
            }
        }
    }

    fn poll(&mut self, id: usize) {
        let awaiter = &mut self.awaiters[id];
        awaiter.queued = false;
        let new = !std::mem::replace(&mut awaiter.started, true);
        awaiter.polls += usize::from(!new || awaiter.due.is_none());
        match (&self.outcome, &awaiter.due) {
            // The body of a task that was cancelled before its start never runs.
            (_, Some(_)) if new => awaiter.ended = Some(true),
            (Some(outcome), _) if !awaiter.dropped => {
                awaiter.ended = Some(false);
                self.unseen = false;
                self.log.push(format!("awaiter {id}: {outcome:?}"));
            }
            (_, Some(message)) => {
                let message = message.clone();
                awaiter.ended = Some(true);
                if !awaiter.dropped {
                    self.forget(Who::Awaiter(id));
                    self.finish(Outcome::Cancelled(Some(message)));
                }
            }
            (None, None) if !awaiter.dropped && !self.waiters.contains(&Who::Awaiter(id)) => {
                self.waiters.push(Who::Awaiter(id));
            }
            _ => {}
        }
    }
}

/// How it ended, without looking at the error, which would count.
fn kind_of(promise: &Promise<usize>) -> &'static str {
    match () {
        () if promise.cancelled() => "cancelled",
        () if promise.failed() => "exception",
        () => "value",
    }
}

/// A task that awaits the promise. The test may take away what it awaits.
struct RealAwaiter {
    awaited: Rc<RefCell<Option<Promise<usize>>>>,
    polls: Rc<Cell<usize>>,
    task: Task<()>,
}

/// The promise and its model, operated together.
struct Both {
    test_loop: TestLoop,
    promise: Promise<usize>,
    log: Log,
    awaiters: Vec<RealAwaiter>,
    callbacks: Vec<CallbackId>,
    model: Model,
}

impl Both {
    fn new() -> Self {
        let test_loop = TestLoop::new();
        let promise = Promise::new_on(&test_loop.runtime());
        let (awaiters, callbacks) = (Vec::new(), Vec::new());
        let (log, model) = (Log::default(), Model::default());
        Self { test_loop, promise, log, awaiters, callbacks, model }
    }

    fn operate(&mut self, operation: Operation, step: usize, rng: &mut fastrand::Rng) {
        let message = rng.bool().then(|| step.to_string());
        let awaiter = rng.choice(0..self.awaiters.len());
        match (operation, awaiter) {
            (Operation::Set, _) => {
                let set = self.promise.set_result(step).is_ok();
                assert_eq!(set, self.model.finish(Outcome::Value(step)));
            }
            (Operation::Fail, _) => {
                let set = self.promise.set_exception("an exception").is_ok();
                assert_eq!(set, self.model.finish(Outcome::Exception));
            }
            (Operation::CancelPromise, _) => {
                let cancelled = match &message {
                    Some(message) => self.promise.cancel_with(message.as_str()),
                    None => self.promise.cancel(),
                };
                self.model.unseen = false;
                assert_eq!(cancelled, self.model.finish(Outcome::Cancelled(message)));
            }
            (Operation::Look, _) => {
                assert_eq!(Outcome::of(self.promise.result()), self.model.outcome);
                self.model.unseen = false;
            }
            (Operation::Await, _) => self.add_awaiter(),
            (Operation::AddCallback, _) => self.add_callback(rng.bool()),
            (Operation::RemoveCallback, _) => {
                let Some(id) = rng.choice(0..self.callbacks.len()) else { return };
                let removed = self.promise.remove_done_callback(self.callbacks[id]);
                assert_eq!(removed, self.model.forget(Who::Callback(id)));
            }
            (Operation::DropAwaited, Some(id)) => {
                drop(self.awaiters[id].awaited.take());
                self.model.awaiters[id].dropped = true;
                self.model.forget(Who::Awaiter(id));
            }
            (Operation::CancelTask, Some(id)) => self.cancel(id, step.to_string()),
            (Operation::Uncancel, Some(id)) => {
                let awaiter = &mut self.model.awaiters[id];
                awaiter.requests = awaiter.requests.saturating_sub(1);
                awaiter.due = awaiter.due.take().filter(|_| awaiter.requests > 0);
                assert_eq!(self.awaiters[id].task.uncancel(), awaiter.requests);
            }
            _ => {
                self.test_loop.turn();
                self.model.turn();
            }
        }
    }

    fn add_awaiter(&mut self) {
        let (id, log) = (self.awaiters.len(), self.log.clone());
        let awaited = Rc::new(RefCell::new(Some(self.promise.clone())));
        let polls = Rc::<Cell<usize>>::default();
        let (inside, counted) = (awaited.clone(), polls.clone());
        let task = self.test_loop.create_task(async move {
            let result = poll_fn(|cx| {
                counted.set(counted.get() + 1);
                match &mut *inside.borrow_mut() {
                    Some(promise) => Pin::new(promise).poll(cx),
                    None => Poll::Pending,
                }
            });
            let outcome = Outcome::of(result.await).unwrap();
            log.add(format_args!("awaiter {id}: {outcome:?}"));
        });
        self.awaiters.push(RealAwaiter { awaited, polls, task });
        self.model.awaiters.push(Awaiter::default());
        self.model.enqueue(Who::Awaiter(id));
    }

    fn add_callback(&mut self, adds: bool) {
        let (id, log) = (self.callbacks.len(), self.log.clone());
        let callback = self.promise.add_done_callback(move |promise| {
            log.add(format_args!("callback {id}: {}", kind_of(promise)));
            if adds {
                promise.add_done_callback(move |promise| {
                    log.add(format_args!("callback of {id}: {}", kind_of(promise)));
                });
            }
        });
        self.callbacks.push(callback);
        self.model.add_callback(adds);
    }

    fn cancel(&mut self, id: usize, message: String) {
        let requested = self.awaiters[id].task.cancel_with(message.as_str());
        let awaiter = &mut self.model.awaiters[id];
        assert_eq!(requested, awaiter.ended.is_none());
        if requested {
            awaiter.requests += 1;
            awaiter.due = Some(message);
            self.model.enqueue(Who::Awaiter(id));
        }
    }

    fn compare(&mut self) {
        assert_eq!(self.log.take(), std::mem::take(&mut self.model.log).join(" "));
        assert_eq!(self.promise.done(), self.model.outcome.is_some());
        for (real, awaiter) in self.awaiters.iter().zip(&self.model.awaiters) {
            let RealAwaiter { task, polls, .. } = real;
            let ended = task.done().then(|| task.cancelled());
            assert_eq!((ended, polls.get()), (awaiter.ended, awaiter.polls));
        }
    }
}

#[test]
fn a_promise_and_those_it_tells() {
    let mut ends = [0; 4];
    seeds(SEEDS, |rng| {
        let mut both = Both::new();
        // Each seed goes without some of the operations.
        let chosen = OPERATIONS.iter().filter(|_| rng.u8(..4) > 0);
        let menu: Vec<_> = chosen.flat_map(|(operation, n)| vec![*operation; *n]).collect();
        for step in 0..STEPS {
            let operation = rng.choice(&menu).copied().unwrap_or(Operation::Turn);
            both.operate(operation, step, rng);
            both.compare();
        }
        while !both.model.queue.is_empty() {
            both.test_loop.turn();
            both.model.turn();
            both.compare();
        }
        let Both { test_loop, promise, awaiters, model, .. } = both;
        ends[match model.outcome {
            None => 0,
            Some(Outcome::Value(_)) => 1,
            Some(Outcome::Exception) => 2,
            Some(Outcome::Cancelled(_)) => 3,
        }] += 1;
        drop((promise, awaiters));
        assert_eq!(test_loop.take_reports().len(), usize::from(model.unseen));
    });
    assert!(ends.iter().all(|count| *count > 10), "each end is worth a test: {ends:?}");
}
