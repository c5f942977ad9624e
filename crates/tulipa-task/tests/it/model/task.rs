//! Random operations on a task, its handle, those who await it and its callbacks, against a plain
//! model: what is done in which order, who is woken, what is passed on, what is reported.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::{CallbackId, Task, TaskRef};
use tulipa_test::TestLoop;

use super::task_plan::{Body, End, Host, Model, Place, Who};
use crate::support::{Log, seeds};

const SEEDS: u64 = 4_000;
const STEPS: usize = 50;

#[derive(Clone, Copy)]
enum Operation {
    Open(usize),
    Cancel,
    /// Through the handle, which counts as a look at a panic.
    CancelByHandle,
    Uncancel,
    /// Makes a task that awaits the handle.
    Await,
    /// Gives the handle back to the test, or to somebody who had it before.
    Move,
    DropHandle,
    Look,
    CancelAwaiter,
    UncancelAwaiter,
    AddCallback,
    RemoveCallback,
    Turn,
}

/// How often each is chosen.
const OPERATIONS: [(Operation, usize); 14] = [
    (Operation::Open(0), 1),
    (Operation::Open(1), 1),
    (Operation::Cancel, 2),
    (Operation::CancelByHandle, 1),
    (Operation::Uncancel, 2),
    (Operation::Await, 4),
    (Operation::Move, 3),
    (Operation::DropHandle, 1),
    (Operation::Look, 2),
    (Operation::CancelAwaiter, 3),
    (Operation::UncancelAwaiter, 2),
    (Operation::AddCallback, 4),
    (Operation::RemoveCallback, 2),
    (Operation::Turn, 20),
];

/// Pending until the test opens it.
#[derive(Clone, Default)]
struct Gate(Rc<(Cell<bool>, RefCell<Option<Waker>>)>);

impl Gate {
    fn open(&self) {
        self.0.0.set(true);
        let waker = self.0.1.take();
        waker.into_iter().for_each(Waker::wake);
    }

    async fn wait(&self) {
        poll_fn(|cx| {
            if self.0.0.get() {
                return Poll::Ready(());
            }
            self.0.1.replace(Some(cx.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}

/// Runs until the first gate opens, and then ends with a value or by a panic.
async fn subject(body: Body, panics: bool, gates: [Gate; 2], log: Log) {
    let work = async {
        if body == Body::Suppresses {
            while let Err(token) = catch_cancel(gates[0].wait()).await {
                log.add("suppressed");
                token.suppress();
            }
        } else {
            gates[0].wait().await;
        }
        if panics {
            std::panic::resume_unwind(Box::new("the body panics"));
        }
    };
    if body == Body::CleansUp {
        work.finally(async || gates[1].wait().await).await;
    } else {
        work.await;
    }
}

/// A task that awaits the handle while it has that.
struct Awaiter {
    task: Task<()>,
    waker: Rc<RefCell<Option<Waker>>>,
    polls: Rc<Cell<usize>>,
}

/// The task and its model, operated together.
struct Both {
    test_loop: TestLoop,
    log: Log,
    gates: [Gate; 2],
    view: TaskRef,
    handle: Rc<RefCell<Option<Task<()>>>>,
    /// Who of the awaiters has the handle.
    owner: Rc<Cell<Option<usize>>>,
    awaiters: Vec<Awaiter>,
    callbacks: Vec<CallbackId>,
    model: Model,
}

impl Both {
    fn new(body: Body, panics: bool) -> Self {
        let (test_loop, log) = (TestLoop::new(), Log::default());
        let gates = [Gate::default(), Gate::default()];
        let handle = test_loop.create_task(subject(body, panics, gates.clone(), log.clone()));
        Self {
            view: handle.task_ref(),
            handle: Rc::new(RefCell::new(Some(handle))),
            owner: Rc::default(),
            awaiters: Vec::new(),
            callbacks: Vec::new(),
            model: Model::new(body, panics),
            test_loop,
            log,
            gates,
        }
    }

    fn operate(&mut self, operation: Operation, rng: &mut fastrand::Rng) {
        let has_handle = self.model.handle != Place::Gone;
        match (operation, rng.choice(0..self.awaiters.len())) {
            (Operation::Open(gate), _) => {
                self.gates[gate].open();
                self.model.open(gate);
            }
            (Operation::Cancel, _) => {
                assert_eq!(self.view.cancel(), self.model.cancel(Who::Subject));
            }
            (Operation::CancelByHandle, _) if has_handle => {
                let cancelled = self.handle.borrow().as_ref().unwrap().cancel();
                self.model.unseen = false;
                assert_eq!(cancelled, self.model.cancel(Who::Subject));
            }
            (Operation::Uncancel, _) => {
                assert_eq!(self.view.uncancel(), self.model.subject.uncancel());
            }
            (Operation::Await, _) if has_handle => self.add_awaiter(),
            (Operation::Move, awaiter) if has_handle => self.move_handle(awaiter, rng),
            (Operation::DropHandle, _) if has_handle => {
                drop(self.handle.take());
                self.model.handle = Place::Gone;
                self.model.waiter = None;
                self.model.release(None);
            }
            (Operation::Look, _) if has_handle => {
                let handle = self.handle.borrow();
                let exception = handle.as_ref().unwrap().exception();
                let end = exception.ok().map(|error| error.map_or(Ok(()), Err));
                let end = end.map(|result| match result {
                    Ok(()) => End::Value,
                    Err(error) if error.is_cancelled() => End::Cancelled,
                    Err(_) => End::Panic,
                });
                assert_eq!(end, self.model.subject.ended);
                self.model.unseen = false;
            }
            (Operation::CancelAwaiter, Some(id)) => {
                assert_eq!(self.awaiters[id].task.cancel(), self.model.cancel(Who::Awaiter(id)));
            }
            (Operation::UncancelAwaiter, Some(id)) => {
                let left = self.model.awaiters[id].uncancel();
                assert_eq!(self.awaiters[id].task.uncancel(), left);
            }
            (Operation::AddCallback, _) if has_handle => self.add_callback(),
            (Operation::RemoveCallback, _) if has_handle => {
                let Some(id) = rng.choice(0..self.callbacks.len()) else { return };
                let handle = self.handle.borrow();
                let removed = handle.as_ref().unwrap().remove_done_callback(self.callbacks[id]);
                let waits = self.model.callbacks.iter().position(|callback| *callback == id);
                waits.map(|at| self.model.callbacks.remove(at));
                assert_eq!(removed, waits.is_some());
            }
            _ => self.turn(),
        }
    }

    fn turn(&mut self) {
        self.test_loop.turn();
        self.model.turn();
    }

    fn add_awaiter(&mut self) {
        let id = self.awaiters.len();
        let (waker, polls) =
            (Rc::<RefCell<Option<Waker>>>::default(), Rc::<Cell<usize>>::default());
        let (left, counted) = (waker.clone(), polls.clone());
        let (handle, owner, log) = (self.handle.clone(), self.owner.clone(), self.log.clone());
        let task = self.test_loop.create_task(async move {
            let result = poll_fn(|cx| {
                counted.set(counted.get() + 1);
                left.replace(Some(cx.waker().clone()));
                let mut handle = handle.borrow_mut();
                match &mut *handle {
                    Some(task) if owner.get() == Some(id) => Pin::new(task).poll(cx),
                    _ => Poll::Pending,
                }
            });
            let end = End::of(&result.await);
            handle.take();
            log.add(format_args!("awaiter-{id}:{end:?}"));
        });
        self.awaiters.push(Awaiter { task, waker, polls });
        self.owner.set(Some(id));
        self.model.handle = Place::Awaiter(id);
        self.model.awaiters.push(Host::default());
        self.model.enqueue(Who::Awaiter(id));
    }

    fn move_handle(&mut self, awaiter: Option<usize>, rng: &mut fastrand::Rng) {
        let new = awaiter.filter(|id| self.model.awaiters[*id].ended.is_none() && rng.bool());
        self.owner.set(new);
        self.model.handle = new.map_or(Place::Test, Place::Awaiter);
        if let Some(id) = new {
            let waker = self.awaiters[id].waker.borrow().clone();
            waker.into_iter().for_each(Waker::wake);
            self.model.enqueue(Who::Awaiter(id));
        }
    }

    fn add_callback(&mut self) {
        let (id, log) = (self.callbacks.len(), self.log.clone());
        let handle = self.handle.borrow();
        let add = |task: &Task<()>| {
            task.add_done_callback(move |task| {
                assert!(task.done());
                log.add(format_args!("callback-{id}"));
            })
        };
        self.callbacks.push(add(handle.as_ref().unwrap()));
        match self.model.subject.ended {
            Some(_) => self.model.enqueue(Who::Callback(id)),
            None => self.model.callbacks.push(id),
        }
    }

    fn compare(&mut self) {
        let Self { log, view, awaiters, model, .. } = self;
        assert_eq!(log.take(), std::mem::take(&mut model.log).join(" "));
        let end_of = |ended: Option<End>| ended.map(|end| end == End::Cancelled);
        let ended = view.done().then(|| view.cancelled());
        assert_eq!(
            (ended, view.cancelling()),
            (end_of(model.subject.ended), model.subject.requests)
        );
        for (real, awaiter) in awaiters.iter().zip(&model.awaiters) {
            let ended = real.task.done().then(|| real.task.cancelled());
            assert_eq!((ended, real.task.cancelling()), (end_of(awaiter.ended), awaiter.requests));
            assert_eq!(real.polls.get(), awaiter.polls, "nobody is woken for nothing");
        }
    }
}

#[test]
fn a_task_and_those_it_tells() {
    let mut ends = [0; 3];
    seeds(SEEDS, |rng| {
        let body = *rng.choice(&[Body::Plain, Body::Suppresses, Body::CleansUp]).unwrap();
        let mut both = Both::new(body, rng.bool());
        // Each seed goes without some of the operations.
        let chosen = OPERATIONS.iter().filter(|_| rng.u8(..5) > 0);
        let menu: Vec<_> = chosen.flat_map(|(operation, n)| vec![*operation; *n]).collect();
        for _ in 0..STEPS {
            both.operate(rng.choice(&menu).copied().unwrap_or(Operation::Turn), rng);
            both.compare();
        }
        for gate in 0..2 {
            both.operate(Operation::Open(gate), rng);
        }
        while !both.model.queue.is_empty() {
            both.turn();
            both.compare();
        }
        ends[both.model.subject.ended.expect("both gates are open") as usize] += 1;
        let Both { test_loop, handle, awaiters, model, .. } = both;
        drop((handle.take(), awaiters));
        assert_eq!(test_loop.take_reports().len(), usize::from(model.unseen));
    });
    assert!(ends.iter().all(|count| *count > 500), "each end is worth a test: {ends:?}");
}
