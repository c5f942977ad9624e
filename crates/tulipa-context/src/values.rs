//! [`Values`]: variables and their values, cheap to copy.
//!
//! A copy shares the list until one of the two changes. A program has few variables, so a list in
//! order of their numbers is faster than any tree.

use std::any::Any;
use std::num::NonZeroU64;
use std::sync::Arc;

/// Names a variable of this process; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct VarId(pub(crate) NonZeroU64);

pub(crate) type Value = Arc<dyn Any + Send + Sync>;

#[derive(Clone, Default)]
pub(crate) struct Values(Option<Arc<Vec<(VarId, Value)>>>);

impl Values {
    fn list(&self) -> &[(VarId, Value)] {
        self.0.as_ref().map_or(&[], |list| list)
    }

    pub(crate) fn len(&self) -> usize {
        self.list().len()
    }

    pub(crate) fn get(&self, var: VarId) -> Option<&Value> {
        let list = self.list();
        list.binary_search_by_key(&var, |(held, _)| *held).ok().map(|at| &list[at].1)
    }

    /// Sets a variable, or with `None` takes it out; gives back what it was, to be dropped where
    /// nothing is locked. (What the list itself held before is never the last of it: a list that
    /// nobody shares is changed in place.)
    pub(crate) fn replace(&mut self, var: VarId, value: Option<Value>) -> Option<Value> {
        let at = self.list().binary_search_by_key(&var, |(held, _)| *held);
        if at.is_err() && value.is_none() {
            return None;
        }
        let list = Arc::make_mut(self.0.get_or_insert_default());
        match (at, value) {
            (Ok(at), Some(value)) => Some(std::mem::replace(&mut list[at].1, value)),
            (Ok(at), None) => Some(list.remove(at).1),
            (Err(at), Some(value)) => {
                list.insert(at, (var, value));
                None
            }
            (Err(_), None) => None,
        }
    }
}
