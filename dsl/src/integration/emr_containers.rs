//! Amazon EMR on EKS.
//!
//! Source: Developer Guide, "Create and manage Amazon EMR clusters on EKS with Step Functions".

use serde_json::Value;

use super::operation::operations;
use crate::expr::{IntoExpr, Operand};

operations! {
    /// Makes a virtual cluster.
    fn create_virtual_cluster(name: IntoExpr<String> = "Name", container_provider: Operand = "ContainerProvider") -> Value
        = CreateVirtualCluster: "emr-containers:createVirtualCluster" "EmrContainersCreateVirtualCluster" {}
    /// Deletes a virtual cluster.
    fn delete_virtual_cluster(id: IntoExpr<String> = "Id") -> Value
        = DeleteVirtualCluster: "emr-containers:deleteVirtualCluster" "EmrContainersDeleteVirtualCluster" { sync Value; }
    /// Starts a run of a job. Usual parameters besides: `Name`, `ExecutionRoleArn`, `ReleaseLabel`, `JobDriver`.
    fn start_job_run(virtual_cluster_id: IntoExpr<String> = "VirtualClusterId") -> Value
        = StartJobRun: "emr-containers:startJobRun" "EmrContainersStartJobRun" { sync Value; }
}
