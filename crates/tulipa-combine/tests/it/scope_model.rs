//! Random trees of borrowing children against a plain count: each ends once, in its time, and a
//! cancelled one is never heard of again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tulipa_combine::{Scope, scope};
use tulipa_time::{sleep, yield_now};

use crate::support::{Stopwatch, run, seconds};

/// What a child does, planned beforehand.
struct Plan {
    sleeps: u64,
    yields: usize,
    children: Vec<Plan>,
    /// Cancelled by its parent right after it was made.
    is_cancelled: bool,
}

impl Plan {
    fn random(rng: &mut fastrand::Rng, depth: u32) -> Self {
        let width = if depth == 0 { 0 } else { rng.usize(..4) };
        Self {
            sleeps: rng.u64(..5),
            yields: rng.usize(..3),
            children: (0..width).map(|_| Self::random(rng, depth - 1)).collect(),
            is_cancelled: rng.u8(..5) == 0,
        }
    }

    /// How many end with a value, and when the last does. A cancelled child never gets to its own
    /// children: it waits before it makes them.
    fn expected(&self, start: u64) -> (usize, u64) {
        if self.is_cancelled {
            return (0, start);
        }
        let end = start + self.sleeps;
        let children = self.children.iter().map(|child| child.expected(end));
        children.fold((1, end), |(count, last), (more, at)| (count + more, last.max(at)))
    }
}

async fn grow<'env>(
    scope: Scope<'env>,
    plan: &'env Plan,
    ended: &'env RefCell<Vec<u64>>,
    at: Rc<Stopwatch>,
) {
    for _ in 0..plan.yields {
        yield_now().await;
    }
    sleep(seconds(plan.sleeps)).await;
    for child in &plan.children {
        let task = scope.spawn(grow(scope.clone(), child, ended, at.clone()));
        if child.is_cancelled {
            assert!(task.cancel());
        }
    }
    ended.borrow_mut().push(at.seconds());
}

#[test]
fn random_trees_end_each_child_once_and_in_its_time() {
    for seed in 0..300 {
        println!("seed {seed}");
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut plan = Plan::random(&mut rng, 4);
        plan.is_cancelled = false;
        run(async move {
            let (ended, bodies) = (RefCell::new(Vec::new()), Cell::new(0));
            let clock = Rc::new(Stopwatch::start());
            scope(async |scope| {
                bodies.set(bodies.get() + 1);
                scope.spawn(grow(scope.clone(), &plan, &ended, clock.clone()));
            })
            .await;
            let (count, last) = plan.expected(0);
            let ended = ended.into_inner();
            assert_eq!((bodies.get(), ended.len()), (1, count));
            assert_eq!((ended.last(), clock.seconds()), (Some(&last), last));
            assert!(ended.is_sorted());
        });
    }
}
