//! [`sleep`] and [`sleep_until`].

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures_core::FusedFuture;
use tulipa_rt::{LoopId, Runtime, TimerId, try_current};

/// Waits for a time.
///
/// The time begins when the future is first polled, as in asyncio; [`sleep_until`] waits for an
/// instant. Always suspends: a zero sleep gives up one iteration of the loop, as
/// [`yield_now`](crate::yield_now). Never ends early; sleeps end in order of deadline, and among
/// equal deadlines in the order they began. A time beyond what [`Instant`] can say is for ever.
///
/// # Cancel safety
///
/// Dropping it forgets the timer.
///
/// # Panics
///
/// When it is polled outside a running loop, naming the caller.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_time::sleep;
///
/// tulipa_test::run(async {
///     sleep(Duration::from_secs(60)).await;
/// });
/// ```
#[track_caller]
pub fn sleep(duration: Duration) -> Sleep {
    Sleep::new(Until::After(duration))
}

/// Waits for an instant. Otherwise as [`sleep`]; an instant in the past gives up one iteration.
///
/// # Examples
///
/// ```
/// use std::time::{Duration, Instant};
/// use tulipa_time::sleep_until;
///
/// tulipa_test::run(async {
///     let end = tulipa_rt::current().now() + Duration::from_secs(60);
///     sleep_until(end).await;
///     assert_eq!(tulipa_rt::current().now(), end);
/// });
/// ```
#[track_caller]
pub fn sleep_until(deadline: Instant) -> Sleep {
    Sleep::new(Until::At(deadline))
}

/// The future of [`sleep`] and [`sleep_until`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Sleep {
    state: State,
    made_at: &'static Location<'static>,
}

#[derive(Clone, Copy, Debug)]
enum Until {
    After(Duration),
    At(Instant),
}

#[derive(Clone, Copy, Debug)]
enum State {
    New(Until),
    /// Due as it was first polled: nothing to wait for but the next iteration.
    Yielding(Instant),
    /// Beyond the clock's end.
    Forever,
    Armed {
        on: LoopId,
        timer: TimerId,
        deadline: Instant,
    },
    Over(Instant),
}

impl Sleep {
    #[track_caller]
    fn new(until: Until) -> Self {
        Self { state: State::New(until), made_at: Location::caller() }
    }

    /// When it ends, or has ended; `None` before its first poll if it has only a duration, and
    /// when that is for ever.
    pub fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::New(Until::After(_)) | State::Forever => None,
            State::New(Until::At(deadline))
            | State::Yielding(deadline)
            | State::Armed { deadline, .. }
            | State::Over(deadline) => Some(deadline),
        }
    }

    /// Whether the instant has passed, or its timer has fired; arms no timer.
    pub(crate) fn has_passed(&mut self, cx: &mut Context<'_>) -> bool {
        match self.state {
            State::New(Until::At(deadline)) => self.runtime().now() >= deadline,
            State::New(Until::After(_)) | State::Forever => false,
            _ => Pin::new(self).poll(cx).is_ready(),
        }
    }

    /// Waits for another instant (`None`: for ever) from the next poll on.
    pub(crate) fn move_to(&mut self, deadline: Option<Instant>) {
        self.disarm();
        let until = deadline.map_or(Until::After(Duration::MAX), Until::At);
        self.state = State::New(until);
    }

    /// The first poll: arms the timer.
    fn start(&mut self, until: Until, cx: &Context<'_>) {
        let runtime = self.runtime();
        let now = runtime.now();
        let deadline = match until {
            Until::After(duration) => now.checked_add(duration),
            Until::At(deadline) => Some(deadline),
        };
        self.state = match deadline {
            None => State::Forever,
            Some(deadline) if deadline <= now => {
                cx.waker().wake_by_ref();
                State::Yielding(deadline)
            }
            Some(deadline) => {
                let timer = runtime.wake_at(deadline, cx.waker());
                State::Armed { on: runtime.id(), timer, deadline }
            }
        };
    }

    /// Forgets the timer. Away from its loop it is left to fire: it wakes a task that then finds
    /// nothing to do.
    pub(crate) fn disarm(&mut self) {
        let State::Armed { on, timer, deadline } = self.state else { return };
        self.state = State::Over(deadline);
        if let Some(runtime) = try_current().ok().filter(|runtime| runtime.id() == on) {
            runtime.cancel(timer);
        }
    }

    fn runtime(&self) -> Rc<dyn Runtime> {
        try_current().unwrap_or_else(|error| panic!("{error} (a sleep made at {})", self.made_at))
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.state {
            State::New(until) => {
                self.start(until, cx);
                Poll::Pending
            }
            State::Forever => Poll::Pending,
            State::Armed { on, timer, deadline } => {
                let runtime = self.runtime();
                if runtime.id() != on {
                    // Moved to another loop: it waits there from now on.
                    self.start(Until::At(deadline), cx);
                    return Poll::Pending;
                }
                if runtime.set_waker(timer, cx.waker()) {
                    return Poll::Pending;
                }
                self.state = State::Over(deadline);
                Poll::Ready(())
            }
            State::Yielding(deadline) | State::Over(deadline) => {
                self.state = State::Over(deadline);
                Poll::Ready(())
            }
        }
    }
}

impl FusedFuture for Sleep {
    fn is_terminated(&self) -> bool {
        matches!(self.state, State::Over(_))
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.disarm();
    }
}
