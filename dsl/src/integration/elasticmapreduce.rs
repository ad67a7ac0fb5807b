//! Amazon EMR.
//!
//! Source: Developer Guide, "Create and manage Amazon EMR clusters with Step Functions".

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::{IntoExpr, Operand};

operations! {
    /// Makes a cluster. Usual parameters besides: `ReleaseLabel`, `Applications`, `Instances`, `ServiceRole`, `JobFlowRole`, `LogUri`.
    fn create_cluster(name: IntoExpr<String> = "Name") -> ClusterOutput
        = CreateCluster: "elasticmapreduce:createCluster" "ElasticmapreduceCreateCluster" { sync ClusterOutput; }
    /// Terminates a cluster.
    fn terminate_cluster(cluster_id: IntoExpr<String> = "ClusterId") -> Value
        = TerminateCluster: "elasticmapreduce:terminateCluster" "ElasticmapreduceTerminateCluster" { sync Value; }
    /// Protects a cluster against termination, or no longer.
    fn set_cluster_termination_protection(
        cluster_id: IntoExpr<String> = "ClusterId",
        protected: IntoExpr<bool> = "TerminationProtected",
    ) -> Value
        = SetClusterTerminationProtection: "elasticmapreduce:setClusterTerminationProtection" "ElasticmapreduceSetClusterTerminationProtection" {}
    /// Adds a step to a cluster: `data!({ "Name": "…", "HadoopJarStep": { "Jar": "…", "Args": […] } })`.
    fn add_step(cluster_id: IntoExpr<String> = "ClusterId", step: Operand = "Step") -> AddStepOutput
        = AddStep: "elasticmapreduce:addStep" "ElasticmapreduceAddStep" { sync Value; }
    /// Cancels a step.
    fn cancel_step(cluster_id: IntoExpr<String> = "ClusterId", step_id: IntoExpr<String> = "StepId") -> Value
        = CancelStep: "elasticmapreduce:cancelStep" "ElasticmapreduceCancelStep" {}
    /// Changes the capacity of an instance fleet, given by its name.
    fn modify_instance_fleet_by_name(
        cluster_id: IntoExpr<String> = "ClusterId",
        name: IntoExpr<String> = "InstanceFleetName",
        instance_fleet: Operand = "InstanceFleet",
    ) -> Value
        = ModifyInstanceFleetByName: "elasticmapreduce:modifyInstanceFleetByName" "ElasticmapreduceModifyInstanceFleetByName" {}
    /// Changes the size of an instance group, given by its name.
    fn modify_instance_group_by_name(
        cluster_id: IntoExpr<String> = "ClusterId",
        name: IntoExpr<String> = "InstanceGroupName",
        instance_group: Operand = "InstanceGroup",
    ) -> Value
        = ModifyInstanceGroupByName: "elasticmapreduce:modifyInstanceGroupByName" "ElasticmapreduceModifyInstanceGroupByName" {}
}

answers! {
    /// What EMR answers when a cluster is made.
    ClusterOutput {
        /// The cluster's identifier.
        cluster_id: String,
    }

    /// What EMR answers when a step is added.
    AddStepOutput {
        /// The step's identifier.
        step_id: String,
    }
}
