//! [`Exit`]: runs the body of a task group, then waits for its children.

use std::any::Any;
use std::convert::Infallible;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tulipa_cancel::{CancelScope, Held, Node, Scoped};

use super::error::{ChildError, ChildFailure, TaskGroupError};
use super::state::State;
use crate::progress::Turn;

pin_project! {
    pub(super) struct Exit<F: Future> {
        // `None` once the body has ended.
        #[pin]
        body: Option<Scoped<F>>,
        value: Option<F::Output>,
        panic: Option<Box<dyn Any + Send>>,
        state: Rc<State>,
        node: Node,
        held: Held,
        turn: Turn,
        over: bool,
    }

    impl<F: Future> PinnedDrop for Exit<F> {
        fn drop(this: Pin<&mut Self>) {
            if !this.over {
                this.state.abort();
            }
        }
    }
}

impl<F: Future> Exit<F> {
    pub(super) fn new(state: Rc<State>, body: F) -> Self {
        let scope = CancelScope::new();
        state.body.replace(Some(scope.handle()));
        let body = Some(scope.run(body));
        let (node, held, turn) = (Node::new(), Held::new(), Turn::default());
        Self { body, value: None, panic: None, state, node, held, turn, over: false }
    }

    /// Runs the body; ready when it has ended.
    fn poll_body(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        let Some(body) = this.body.as_mut().as_pin_mut() else { return Poll::Ready(()) };
        let polled = catch_unwind(AssertUnwindSafe(|| this.node.poll(cx, |cx| body.poll(cx))));
        match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(Ok(Ok(value)))) => *this.value = Some(value),
            // By the group's own hand.
            Ok(Poll::Ready(Ok(Err(_)))) => {}
            Ok(Poll::Ready(Err(token))) => {
                this.state.abort();
                this.held.hold(token);
            }
            Err(payload) => {
                *this.panic = Some(payload);
                this.state.abort();
            }
        }
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| this.body.set(None))) {
            this.panic.get_or_insert(payload);
            this.state.abort();
        }
        this.state.body.replace(None);
        // As every node does: tokens that the body held are of the cancellation that is held here.
        this.held.absorb();
        Poll::Ready(())
    }
}

impl<F: Future> Future for Exit<F> {
    type Output = Result<F::Output, TaskGroupError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.as_mut().poll_body(cx).is_pending() {
            return Poll::Pending;
        }
        let this = self.project();
        let state = &**this.state;
        let turn = this.turn;
        let polled = this.node.poll(cx, |cx| turn.poll(cx, state.is_empty(cx.waker())));
        match polled {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Err(token)) if !turn.lets_others_go() => {
                // More requests do not end the wait, and the children are told once.
                state.abort();
                this.held.hold(token);
                return Poll::Pending;
            }
            // A cancellation that came after the end is pending again.
            Poll::Ready(Ok(()) | Err(_)) => {
                *this.over = true;
                // Nobody would wait for what a handle that was kept starts from now on.
                state.abort();
            }
        }
        let cancelled = !this.held.is_empty();
        this.held.release();
        let mut errors = state.errors.take();
        errors.extend(state.body_error.take());
        match this.panic.take() {
            Some(payload) if errors.is_empty() => resume_unwind(payload),
            Some(payload) => {
                errors.push(ChildError { task: None, failure: ChildFailure::Panic(payload) });
            }
            None => {}
        }
        match this.value.take() {
            _ if !errors.is_empty() => Poll::Ready(Err(TaskGroupError { errors })),
            _ if cancelled => Poll::Pending,
            Some(value) => Poll::Ready(Ok(value)),
            // Cancelled by its own hand, it has no value to lose: a cancellation from outside
            // that has come as well goes first. (Its token re-arms it as it drops.)
            None => match this.node.poll(cx, |_| Poll::<Infallible>::Pending) {
                Poll::Ready(_outside) => Poll::Pending,
                Poll::Pending => Poll::Ready(Err(TaskGroupError { errors })),
            },
        }
    }
}
