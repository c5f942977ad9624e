//! A barrier: tasks wait until enough of them have come, then all go on; again and again.
//!
//! # Protocol
//!
//! All of [`State`] is guarded.
//!
//! | phase | arrivals | who is inside | goes to |
//! |---|---|---|---|
//! | `Filling` | go inside | waits | `Draining` with the last arrival |
//! | `Draining` | wait outside | goes on, with its index | `Filling` when the last has left |
//! | `Resetting` | wait outside | goes on, with an error | `Filling` when the last has left |
//! | `Broken` | get an error | goes on, with an error | `Filling` or `Resetting` by `reset()` |
//!
//! `count` is how many are inside: linked in `inside`, but for the last arrival, which comes and
//! goes in one step. To arrive and to be linked is one step too; so when the barrier fills, all
//! who are inside are in line, in order of arrival, and are numbered there. `outside` are those
//! who came while the barrier drained or was reset; they are released when it is over, and arrive.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use crate::error::BrokenBarrierError;
use crate::raw::{Guarded, Guarding, Operation, Shared, Wait, Waiter, Waiters};

/// A waiter's index, once the barrier has filled.
type Line = Waiters<usize>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Filling,
    Draining,
    Resetting,
    Broken,
}

struct State {
    phase: Phase,
    parties: usize,
    count: usize,
    inside: Line,
    outside: Line,
}

impl State {
    /// One arrives at a barrier that fills: `Some` with its index if it was the last.
    fn arrive(&mut self) -> Option<usize> {
        self.count += 1;
        if self.count < self.parties {
            return None;
        }
        self.phase = Phase::Draining;
        let mut index = 0;
        self.inside.for_each_payload(|place| {
            *place = index;
            index += 1;
        });
        self.inside.release_all();
        self.leave();
        Some(index)
    }

    /// One who was inside goes.
    fn leave(&mut self) {
        self.count -= 1;
        if self.count == 0 && matches!(self.phase, Phase::Draining | Phase::Resetting) {
            self.fill();
        }
    }

    fn fill(&mut self) {
        self.phase = Phase::Filling;
        self.outside.release_all();
    }
}

/// asyncio's `Barrier`: lets tasks go on when a given number of them has come, round after round.
///
/// # Order
///
/// Each gets its index, 0 to `parties - 1`, in order of arrival; the last to come does not wait
/// (asyncio statement S-BARRIER-1). Who comes while a round still leaves waits for that, then
/// counts for the next (S-BARRIER-2). A task that is cancelled while it waits is merely not there
/// any more, those behind it move up (S-BARRIER-3).
///
/// # Examples
///
/// ```
/// # futures_lite::future::block_on(async {
/// let barrier = tulipa_sync::Barrier::new(2);
/// let (first, second) = futures_lite::future::zip(barrier.wait(), barrier.wait()).await;
/// assert_eq!((first, second), (Ok(0), Ok(1)));
/// # });
/// ```
pub struct Barrier<G: Guarding = Shared> {
    state: Guarded<State, G>,
}

/// The future of [`Barrier::wait`].
///
/// It suspends unless it is the last to come, or the barrier is broken.
pub type BarrierWait<'a, G = Shared> = Wait<BarrierWaitOp<'a, G>>;

impl<G: Guarding> Barrier<G> {
    /// Makes a barrier for `parties` tasks; 0 counts as 1, which never waits.
    pub const fn new(parties: usize) -> Self {
        Self {
            state: Guarded::new(State {
                phase: Phase::Filling,
                parties: if parties == 0 { 1 } else { parties },
                count: 0,
                inside: Waiters::new(),
                outside: Waiters::new(),
            }),
        }
    }

    /// Waits until all parties have come; gives the index of this one among them.
    ///
    /// # Errors
    ///
    /// [`BrokenBarrierError`] if the barrier was aborted, or is aborted or reset while this waits
    /// inside.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future takes this party out. The barrier is not broken by it: it waits for
    /// another to come instead.
    pub const fn wait(&self) -> BarrierWait<'_, G> {
        let operation = BarrierWaitOp { barrier: self, place: Place::Outside };
        Wait::with_payload(operation, 0)
    }

    /// Sends those who wait away with an error, and begins anew; mends an aborted barrier.
    ///
    /// Whoever comes while they still leave waits for that. Without anybody inside there is
    /// nothing but the mending (asyncio statement S-BARRIER-4).
    ///
    /// # Examples
    ///
    /// ```
    /// # futures_lite::future::block_on(async {
    /// let barrier = tulipa_sync::Barrier::new(1);
    /// barrier.abort();
    /// assert!(barrier.wait().await.is_err());
    /// barrier.reset();
    /// assert_eq!(barrier.wait().await, Ok(0));
    /// # });
    /// ```
    pub fn reset(&self) {
        self.state.with(|state| {
            if state.count > 0 {
                state.phase = Phase::Resetting;
                state.inside.release_all();
            } else {
                state.fill();
            }
        });
        self.wake();
    }

    /// Breaks the barrier: all who wait or come get an error, until [`reset`](Self::reset).
    pub fn abort(&self) {
        self.state.with(|state| {
            state.phase = Phase::Broken;
            state.inside.release_all();
            state.outside.release_all();
        });
        self.wake();
    }

    /// How many have to come.
    pub fn parties(&self) -> usize {
        self.state.with(|state| state.parties)
    }

    /// How many have come and wait; 0 while a round leaves.
    pub fn n_waiting(&self) -> usize {
        self.state.with(|state| if state.phase == Phase::Filling { state.count } else { 0 })
    }

    /// True if the barrier was aborted.
    pub fn broken(&self) -> bool {
        self.state.with(|state| state.phase == Phase::Broken)
    }

    fn wake(&self) {
        self.state.wake_released(|state| &mut state.inside);
        self.state.wake_released(|state| &mut state.outside);
    }
}

impl<G: Guarding> fmt::Debug for Barrier<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (phase, parties, inside) =
            self.state.with(|state| (state.phase, state.parties, state.count));
        f.debug_struct("Barrier")
            .field("phase", &phase)
            .field("parties", &parties)
            .field("inside", &inside)
            .finish_non_exhaustive()
    }
}

/// The operation of [`BarrierWait`].
pub struct BarrierWaitOp<'a, G: Guarding> {
    barrier: &'a Barrier<G>,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Not arrived yet; perhaps in line outside.
    Outside,
    /// In line inside.
    Inside,
}

/// What a step into the barrier came to.
#[derive(Clone, Copy)]
enum Entered {
    /// The barrier does not fill after all: wait outside.
    No,
    /// It is over.
    Out(Result<usize, BrokenBarrierError>),
}

impl<G: Guarding> BarrierWaitOp<'_, G> {
    /// Ready when arrivals are let in, or told off.
    fn poll_outside(&self, waiter: Pin<&mut Waiter<usize>>, cx: &Context<'_>) -> Poll<()> {
        self.barrier.state.poll_wait(
            waiter,
            cx,
            |state| &mut state.outside,
            |state, _, _| match state.phase {
                Phase::Draining | Phase::Resetting => Poll::Pending,
                Phase::Filling | Phase::Broken => Poll::Ready(()),
            },
        )
    }

    /// Arrives and waits inside.
    fn poll_inside(&mut self, waiter: Pin<&mut Waiter<usize>>, cx: &Context<'_>) -> Poll<Entered> {
        let place = &mut self.place;
        // All but the last have to wait: with the waker at hand they arrive and wait in one step.
        let fresh = (*place == Place::Outside).then(|| cx.waker().clone());
        let broken = Poll::Ready(Entered::Out(Err(BrokenBarrierError(()))));
        self.barrier.state.poll_wait_with(
            fresh,
            waiter,
            cx,
            |state| &mut state.inside,
            |state, _, waiter| match (*place, state.phase) {
                (Place::Outside, Phase::Filling) => {
                    if let Some(index) = state.arrive() {
                        return Poll::Ready(Entered::Out(Ok(index)));
                    }
                    *place = Place::Inside;
                    Poll::Pending
                }
                (Place::Outside, Phase::Broken) => broken,
                (Place::Outside, _) => Poll::Ready(Entered::No),
                (Place::Inside, Phase::Filling) => Poll::Pending,
                (Place::Inside, phase) => {
                    let index = *state.inside.payload(waiter);
                    state.leave();
                    if phase == Phase::Draining {
                        Poll::Ready(Entered::Out(Ok(index)))
                    } else {
                        broken
                    }
                }
            },
        )
    }
}

impl<G: Guarding> Operation for BarrierWaitOp<'_, G> {
    type Output = Result<usize, BrokenBarrierError>;
    type Payload = usize;

    fn poll(
        &mut self,
        mut waiter: Pin<&mut Waiter<usize>>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        loop {
            if self.place == Place::Outside {
                ready!(self.poll_outside(waiter.as_mut(), cx));
            }
            if let Entered::Out(result) = ready!(self.poll_inside(waiter.as_mut(), cx)) {
                // It may have been the last to come, or the last to leave.
                self.barrier.wake();
                return Poll::Ready(result);
            }
        }
    }

    fn abandon(&mut self, waiter: Pin<&mut Waiter<usize>>) {
        let state = &self.barrier.state;
        match self.place {
            Place::Outside => state.abandon(waiter, |state| &mut state.outside, |_, _, _| None),
            Place::Inside if waiter.is_linked() => {
                state.abandon(
                    waiter,
                    |state| &mut state.inside,
                    |state, _, _| {
                        state.leave();
                        None
                    },
                );
                self.barrier.wake();
            }
            Place::Inside => {}
        }
    }
}

impl<G: Guarding> fmt::Debug for BarrierWaitOp<'_, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWait")
            .field("barrier", &self.barrier)
            .field("place", &self.place)
            .finish()
    }
}
