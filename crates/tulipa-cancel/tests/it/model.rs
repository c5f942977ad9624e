//! Random trees of nodes, cancelled at random, and what must hold of each of them.
//!
//! A failure prints its seed; `check(seed)` runs that one alone.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use futures_lite::future::zip;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{
    CancelExt, CancelHandle, CancelScope, cancellable, catch_cancel, current, raise,
};

use crate::support::{Gate, Hand, suspend};

/// Each seed is a tree and a schedule.
const SEEDS: u64 = 40_000;

#[derive(Debug)]
enum Tree {
    Pause(usize),
    Forever,
    Raise,
    /// Cancels a host, a scope's by number or else the task, and pauses.
    Ask(Option<usize>),
    Suppress(Box<Tree>),
    Resume(usize, Box<Tree>),
    /// Catches, pauses, drops the token, goes on.
    DropToken(usize, Box<Tree>),
    Finally(Box<Tree>, Box<Tree>),
    Scope(CancelScope, Box<Tree>),
    Join(Box<Tree>, Box<Tree>),
    Many(Vec<Tree>),
}

/// What the nodes of one tree share.
#[derive(Default)]
struct World {
    scopes: RefCell<Vec<CancelHandle>>,
    /// Pauses that the schedule ends; if `None`, they end themselves.
    gates: Option<RefCell<Vec<Gate>>>,
    requests: Cell<usize>,
    /// Of all `finally` together.
    bodies: Cell<usize>,
    begun: Cell<usize>,
    /// Cleanups of bodies that a cancellation ended.
    owed: Cell<usize>,
    paid: Cell<usize>,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("scopes", &self.scopes)
            .field("requests", &self.requests)
            .field("bodies", &self.bodies)
            .field("begun", &self.begun)
            .field("owed", &self.owed)
            .field("paid", &self.paid)
            .finish_non_exhaustive()
    }
}

fn count(cell: &Cell<usize>) {
    cell.set(cell.get() + 1);
}

impl World {
    async fn pause(&self, times: usize) {
        let Some(gates) = &self.gates else { return suspend(times).await };
        for _ in 0..times {
            let gate = Gate::default();
            gates.borrow_mut().push(gate.clone());
            gate.wait().await;
        }
    }

    fn cancel(&self, handle: &CancelHandle) {
        if handle.cancel() {
            count(&self.requests);
        }
    }

    fn ask(&self, scope: Option<usize>) {
        let handle = scope.and_then(|number| self.scopes.borrow().get(number).cloned());
        self.cancel(&handle.unwrap_or_else(|| current().expect("it runs in a host")));
    }
}

fn grow(rng: &mut fastrand::Rng, world: &World, depth: usize) -> Tree {
    let kind = if depth == 0 { rng.u8(0..10) } else { rng.u8(4..24) };
    let mut inner = || Box::new(grow(rng, world, depth - 1));
    match kind {
        0 | 5 => Tree::Forever,
        6 => Tree::Raise,
        7 => Tree::Ask(Some(rng.usize(0..4)).filter(|_| rng.bool())),
        10 | 11 => Tree::Suppress(inner()),
        12 | 13 => Tree::Resume(rng.usize(0..3), Box::new(grow(rng, world, depth - 1))),
        14 => Tree::DropToken(rng.usize(0..3), Box::new(grow(rng, world, depth - 1))),
        15..=17 => Tree::Finally(inner(), inner()),
        18 | 19 => {
            let scope = CancelScope::new().shield(rng.bool());
            world.scopes.borrow_mut().push(scope.handle());
            Tree::Scope(scope, Box::new(grow(rng, world, depth - 1)))
        }
        20..=22 => Tree::Join(inner(), inner()),
        23 if world.gates.is_some() => {
            Tree::Many((0..rng.usize(1..4)).map(|_| grow(rng, world, depth - 1)).collect())
        }
        _ => Tree::Pause(rng.usize(0..4)),
    }
}

fn run(world: &World, tree: Tree) -> Pin<Box<dyn Future<Output = ()> + '_>> {
    Box::pin(async move {
        match tree {
            Tree::Pause(times) => world.pause(times).await,
            Tree::Forever => pending().await,
            Tree::Raise => {
                count(&world.requests);
                raise().await;
            }
            Tree::Ask(scope) => {
                world.pause(1).await;
                world.ask(scope);
                world.pause(1).await;
            }
            Tree::Suppress(inner) => {
                if let Err(token) = catch_cancel(run(world, *inner)).await {
                    token.suppress();
                }
            }
            Tree::Resume(pauses, inner) => {
                if let Err(token) = catch_cancel(run(world, *inner)).await {
                    world.pause(pauses).await;
                    token.resume().await;
                }
            }
            Tree::DropToken(pauses, inner) => {
                if let Err(token) = catch_cancel(run(world, *inner)).await {
                    world.pause(pauses).await;
                    drop(token);
                }
            }
            Tree::Finally(body, cleanup) => {
                let whole = Cell::new(false);
                let body = async {
                    count(&world.bodies);
                    run(world, *body).await;
                    whole.set(true);
                };
                let cleanup = async || {
                    let cut = usize::from(!whole.get());
                    count(&world.begun);
                    world.owed.set(world.owed.get() + cut);
                    run(world, *cleanup).await;
                    world.paid.set(world.paid.get() + cut);
                };
                body.finally(cleanup).await;
            }
            Tree::Scope(scope, inner) => drop(scope.run(run(world, *inner)).await),
            Tree::Join(one, two) => drop(zip(run(world, *one), run(world, *two)).await),
            Tree::Many(trees) => {
                let mut all: FuturesUnordered<_> =
                    trees.into_iter().map(|tree| run(world, tree)).collect();
                while all.next().await.is_some() {}
            }
        }
    })
}

fn waits_for_ever(tree: &Tree) -> bool {
    match tree {
        Tree::Forever => true,
        Tree::Pause(_) | Tree::Raise | Tree::Ask(_) => false,
        Tree::Suppress(inner)
        | Tree::Resume(_, inner)
        | Tree::DropToken(_, inner)
        | Tree::Scope(_, inner) => waits_for_ever(inner),
        Tree::Finally(one, two) | Tree::Join(one, two) => {
            waits_for_ever(one) || waits_for_ever(two)
        }
        Tree::Many(trees) => trees.iter().any(waits_for_ever),
    }
}

/// What one run showed, for the counts at the end.
struct Outcome {
    cancelled: bool,
    cleanups: usize,
}

fn check(seed: u64) -> Outcome {
    let mut rng = fastrand::Rng::with_seed(seed);
    let gates = rng.bool().then(RefCell::default);
    let world = World { gates, ..World::default() };
    let depth = rng.usize(1..5);
    let tree = grow(&mut rng, &world, depth);
    let finite = !waits_for_ever(&tree);
    let told = format!("seed {seed}: {tree:?}");
    let (work, handle) = cancellable(run(&world, tree));
    let mut work = Hand::new(work);
    let cancels = rng.usize(0..4);
    let ended = drive(&mut rng, &world, &mut work, &handle, cancels, finite);
    let Some(ended) = ended else { panic!("a wake-up was lost: {told} {world:?}") };

    assert!(current().is_none(), "a frame was left: {told}");
    assert_eq!(ended.is_err(), handle.cancelled_caught(), "{told}");
    assert_eq!(world.bodies, world.begun, "cleanups begun: {told}");
    if world.requests.get() == 0 {
        assert!(ended.is_ok(), "nobody asked: {told}");
    }
    if world.requests.get() <= 1 {
        assert_eq!(world.owed, world.paid, "one request interrupts no cleanup: {told}");
    }
    if let Some(gates) = &world.gates {
        gates.borrow_mut().clear();
    }
    assert_eq!(work.wakers_held(), 0, "wakers were left: {told}");
    for handle in world.scopes.borrow().iter().filter(|handle| handle.ended()) {
        assert!(!handle.cancel());
    }
    Outcome { cancelled: ended.is_err(), cleanups: world.begun.get() }
}

type Ended = Result<(), tulipa_cancel::CancelledError>;

/// Polls when woken; otherwise ends a pause; and cancels now and then. A tree that waits for ever
/// is in the end cancelled as often as it takes. `None`: it waits, though nothing is left to do.
fn drive(
    rng: &mut fastrand::Rng,
    world: &World,
    work: &mut Hand<impl Future<Output = Ended>>,
    handle: &CancelHandle,
    mut cancels: usize,
    finite: bool,
) -> Option<Ended> {
    let mut begun = false;
    let mut last_resort = 0;
    for _ in 0..20_000 {
        if cancels > 0 && rng.u8(0..6) == 0 {
            cancels -= 1;
            let scopes = world.scopes.borrow().clone();
            match rng.choice(&scopes).filter(|_| rng.bool()) {
                Some(scope) => world.cancel(scope),
                None => world.cancel(handle),
            }
        }
        let gate = world.gates.as_ref().and_then(|gates| {
            let mut gates = gates.borrow_mut();
            let count = gates.len();
            (count > 0).then(|| gates.swap_remove(rng.usize(0..count)))
        });
        if !begun || work.is_woken() {
            begun = true;
            if let Some(gates) = &world.gates {
                gates.borrow_mut().extend(gate);
            }
            if let Poll::Ready(ended) = work.poll() {
                return Some(ended);
            }
        } else if let Some(gate) = gate {
            gate.open();
        } else if cancels == 0 {
            if finite && world.requests.get() == 0 || last_resort > 500 {
                return None;
            }
            // What was cut off by a cancellation may wait for the next one.
            last_resort += 1;
            let scopes = world.scopes.borrow().clone();
            scopes.iter().chain([handle]).for_each(|handle| world.cancel(handle));
        }
    }
    None
}

#[test]
fn random_trees_end_clean_up_once_and_leave_nothing() {
    let (mut cancelled, mut cleanups) = (0, 0);
    for seed in 0..SEEDS {
        match catch_unwind(AssertUnwindSafe(|| check(seed))) {
            Ok(outcome) => {
                cancelled += u32::from(outcome.cancelled);
                cleanups += outcome.cleanups;
            }
            Err(payload) => {
                eprintln!("the failing seed is {seed}");
                std::panic::resume_unwind(payload);
            }
        }
    }
    // The trees are worth their time: they clean up, and end in either way.
    assert!(cleanups > 1_000, "{cleanups}");
    assert!(u64::from(cancelled) > SEEDS / 10 && u64::from(cancelled) < SEEDS, "{cancelled}");
}
