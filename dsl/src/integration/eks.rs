//! Amazon EKS.
//!
//! Source: Developer Guide, "Create and manage Amazon EKS clusters with Step Functions".

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::{IntoExpr, Operand};

operations! {
    /// Makes a cluster.
    fn create_cluster(name: IntoExpr<String> = "Name", role_arn: IntoExpr<String> = "RoleArn") -> Value
        = CreateCluster: "eks:createCluster" "EksCreateCluster" { sync Value; }
    /// Deletes a cluster.
    fn delete_cluster(name: IntoExpr<String> = "Name") -> Value
        = DeleteCluster: "eks:deleteCluster" "EksDeleteCluster" { sync Value; }
    /// Makes a Fargate profile.
    fn create_fargate_profile(cluster_name: IntoExpr<String> = "ClusterName", name: IntoExpr<String> = "FargateProfileName") -> Value
        = CreateFargateProfile: "eks:createFargateProfile" "EksCreateFargateProfile" { sync Value; }
    /// Deletes a Fargate profile.
    fn delete_fargate_profile(cluster_name: IntoExpr<String> = "ClusterName", name: IntoExpr<String> = "FargateProfileName") -> Value
        = DeleteFargateProfile: "eks:deleteFargateProfile" "EksDeleteFargateProfile" { sync Value; }
    /// Makes a node group.
    fn create_nodegroup(cluster_name: IntoExpr<String> = "ClusterName", name: IntoExpr<String> = "NodegroupName") -> Value
        = CreateNodegroup: "eks:createNodegroup" "EksCreateNodegroup" { sync Value; }
    /// Deletes a node group.
    fn delete_nodegroup(cluster_name: IntoExpr<String> = "ClusterName", name: IntoExpr<String> = "NodegroupName") -> Value
        = DeleteNodegroup: "eks:deleteNodegroup" "EksDeleteNodegroup" { sync Value; }
    /// Runs a Kubernetes job. `Namespace` and `LogOptions` with [`Task::with`](crate::Task::with).
    fn run_job(
        cluster_name: IntoExpr<String> = "ClusterName",
        certificate_authority: IntoExpr<String> = "CertificateAuthority",
        endpoint: IntoExpr<String> = "Endpoint",
        job: Operand = "Job",
    ) -> Value
        = RunJob: "eks:runJob" "EksRunJob" { sync Value; token in "Job"; }
    /// Calls the Kubernetes API. `QueryParameters` and `RequestBody` with [`Task::with`](crate::Task::with).
    fn call(
        cluster_name: IntoExpr<String> = "ClusterName",
        certificate_authority: IntoExpr<String> = "CertificateAuthority",
        endpoint: IntoExpr<String> = "Endpoint",
        method: IntoExpr<String> = "Method",
        path: IntoExpr<String> = "Path",
    ) -> CallOutput
        = Call: "eks:call" "EksCall" { token in "RequestBody"; }
}

answers! {
    /// What the Kubernetes API answers.
    CallOutput {
        /// The body.
        response_body: Value,
        /// The HTTP status.
        status_code: u32,
        /// The HTTP status in words.
        status_text: String,
    }
}
