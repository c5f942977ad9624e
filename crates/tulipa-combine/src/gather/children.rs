//! What can be gathered: tuples of futures, and whatever iterates over futures.

use std::future::IntoFuture;
use std::panic::Location;
use std::rc::Rc;

use tulipa_rt::current;
use tulipa_task::{JoinError, Task, create_task_at};

use crate::progress::{Progress, take};

/// What [`gather`](crate::gather) takes: a tuple of futures, or an iterator over futures.
///
/// `Shape` only keeps the two apart; it is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be gathered",
    label = "neither a tuple of futures nor an iterator over futures",
    note = "write `gather((first(), second()))` with a tuple of up to twelve, or `gather(vec)`"
)]
pub trait Gatherable<Shape> {
    /// The tasks that are made of it.
    type Children: Children;

    #[doc(hidden)]
    fn spawn(self, progress: &Rc<Progress>, at: &'static Location<'static>) -> Self::Children;
}

/// The tasks of a gather. It cannot be named outside this crate.
pub trait Children: Unpin {
    type Values;
    type Results;

    fn cancel(&self, message: Option<&str>);
    /// The values, or the first failure of those that have ended.
    fn values(&mut self) -> Result<Self::Values, JoinError>;
    /// The outcomes; all have ended.
    fn results(&mut self) -> Self::Results;
}

/// Marks tuples.
#[derive(Debug)]
pub struct Tuple;

/// Marks iterators.
#[derive(Debug)]
pub struct Iterated;

fn spawn_child<F>(
    future: F,
    progress: &Rc<Progress>,
    at: &'static Location<'static>,
) -> Task<F::Output>
where
    F: IntoFuture<IntoFuture: 'static, Output: 'static>,
{
    create_task_at(&current(), progress.child(future.into_future()), at)
}

fn failed<T>(task: &Task<T>) -> bool {
    task.done() && matches!(task.exception(), Ok(Some(_)))
}

fn cancel<T>(task: &Task<T>, message: Option<&str>) {
    match message {
        Some(message) => task.cancel_with(message),
        None => task.cancel(),
    };
}

impl<I> Gatherable<Iterated> for I
where
    I: IntoIterator<Item: IntoFuture<IntoFuture: 'static, Output: 'static>>,
{
    type Children = Vec<Task<<I::Item as IntoFuture>::Output>>;

    fn spawn(self, progress: &Rc<Progress>, at: &'static Location<'static>) -> Self::Children {
        self.into_iter().map(|future| spawn_child(future, progress, at)).collect()
    }
}

impl<T> Children for Vec<Task<T>> {
    type Values = Vec<T>;
    type Results = Vec<Result<T, JoinError>>;

    fn cancel(&self, message: Option<&str>) {
        self.iter().for_each(|task| cancel(task, message));
    }

    fn values(&mut self) -> Result<Vec<T>, JoinError> {
        match self.iter_mut().find(|task| failed(task)) {
            Some(task) => take(task).map(|_| Vec::new()),
            None => self.iter_mut().map(take).collect(),
        }
    }

    fn results(&mut self) -> Self::Results {
        self.iter_mut().map(take).collect()
    }
}

/// The same for tuples, place by place.
macro_rules! gather_tuple {
    ($($future:ident $output:ident $place:tt),+) => {
        impl<$($future),+> Gatherable<Tuple> for ($($future,)+)
        where
            $($future: IntoFuture<IntoFuture: 'static, Output: 'static>),+
        {
            type Children = ($(Task<$future::Output>,)+);

            fn spawn(
                self,
                progress: &Rc<Progress>,
                at: &'static Location<'static>,
            ) -> Self::Children {
                ($(spawn_child(self.$place, progress, at),)+)
            }
        }

        impl<$($output),+> Children for ($(Task<$output>,)+) {
            type Values = ($($output,)+);
            type Results = ($(Result<$output, JoinError>,)+);

            fn cancel(&self, message: Option<&str>) {
                $(cancel(&self.$place, message);)+
            }

            fn values(&mut self) -> Result<Self::Values, JoinError> {
                $(if failed(&self.$place) {
                    take(&mut self.$place)?;
                })+
                Ok(($(take(&mut self.$place)?,)+))
            }

            fn results(&mut self) -> Self::Results {
                ($(take(&mut self.$place),)+)
            }
        }
    };
}

gather_tuple!(A AA 0);
gather_tuple!(A AA 0, B BB 1);
gather_tuple!(A AA 0, B BB 1, C CC 2);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8, J JJ 9);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8, J JJ 9, K KK 10);
gather_tuple!(A AA 0, B BB 1, C CC 2, D DD 3, E EE 4, F FF 5, G GG 6, H HH 7, I II 8, J JJ 9, K KK 10, L LL 11);
