//! What the store promises, on both engines.

use crate::databases::both;
use meshdrill::store::Db;

both! {
    async fn a_workspace_is_made_once(db: Db) {
        assert!(!db.engine().is_empty());
    }
}
