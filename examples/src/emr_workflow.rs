//! Data processing on a cluster that is there already, or made for it.
//!
//! Two Hive steps run at the same time (one is awaited, the other started and cancelled after a while), then a third; meanwhile the
//! cluster is protected. What to look at:
//!
//! * **A value with two histories.** The cluster is the one from the input or a new one; both paths bring the document into the same shape,
//!   and [`s.document()`](Scope::document) checks that each has a `ClusterId`.
//! * **Results that nobody reads** are dropped by themselves: `"ResultPath": null`.
//! * **Large parameters** stay readable: `add_step` says once what the three steps have in common.
//! * **What the types found.** The original has three ways for each flag: true, false and Default, which is only reached by what is no boolean; an
//!   input without the flag fails, for `TerminateCluster` after the cluster was made. Here both are fields of the input.

use stepwright::prelude::*;

/// What an execution is started with.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Options {
    /// Whether a cluster is made.
    pub create_cluster: bool,
    /// Whether the cluster is terminated in the end.
    pub terminate_cluster: bool,
    /// The cluster, where none is made.
    pub cluster_id: Option<String>,
}

/// What is known once there is a cluster.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct WithCluster {
    /// Whether a cluster was made.
    pub create_cluster: bool,
    /// Whether the cluster is terminated in the end.
    pub terminate_cluster: bool,
    /// The cluster; missing only if none was made, and the input named none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_id: Option<String>,
}

/// The cluster that the steps run on.
fn cluster(s: &Scope) -> Ref<String> {
    s.document::<WithCluster>().cluster_id.assume_some("an input without a cluster says that one is made")
}

/// Runs three Hive steps.
#[workflow(query_language = "JSONPath")]
pub fn emr_workflow(s: &mut Scope, options: Ref<Options>) {
    let (make, protected) = (s.forward_label(), s.forward_label());
    let _ = s
        .choice("Should_Create_Cluster")
        .when(cond!(options.create_cluster == true), |s| s.goto(make))
        .when(cond!(options.create_cluster == false), |s| s.goto(protected))
        .otherwise(|s| s.goto(make));
    s.place(make);
    make_cluster(s, options);
    s.place(protected);

    protect(s, "Enable_Termination_Protection", true);
    s.parallel("Add_Steps_Parallel")
        .branch(|s| s.task(add_step(cluster(s), "The first step").sync().named("Step_One")))
        .branch(|s| {
            s.wait("Wait_10_Seconds", 10.seconds());
            let second = add_step(cluster(s), "The second step").named("Step_Two (async)");
            let second = s.task(second.save_as("AddStepsResult"));
            s.wait("Wait_Another_10_Seconds", 10.seconds());
            s.task(elasticmapreduce::cancel_step(cluster(s), second.step_id).named("Cancel_Step_Two"))
        })
        .join();
    s.task(add_step(cluster(s), "The third step").sync().named("Step_Three"));
    protect(s, "Disable_Termination_Protection", false);

    let terminate = s.document::<WithCluster>().terminate_cluster;
    s.choice("Should_Terminate_Cluster")
        .when(cond!(terminate == true), |s| {
            let terminate = elasticmapreduce::terminate_cluster(cluster(s)).sync();
            s.task(terminate.named("Terminate_Cluster").replace_document());
        })
        .when(cond!(terminate == false), |_| ())
        .otherwise(|_| ());
    s.pass_through("Wrapping_Up");
}

/// Makes a cluster, and brings the document into the shape that it has with a cluster of one's own.
fn make_cluster(s: &mut Scope, options: Ref<Options>) {
    let fleet = |kind: &'static str| {
        data!({
            "InstanceFleetType": kind,
            "TargetOnDemandCapacity": 1,
            "InstanceTypeConfigs": [{ "InstanceType": "m4.xlarge" }],
        })
    };
    let create = elasticmapreduce::create_cluster("WorkflowCluster")
        .with("VisibleToAllUsers", true)
        .with("ReleaseLabel", "emr-5.28.0".to_owned())
        .with("Applications", data!([{ "Name": "Hive" }]))
        .with("ServiceRole", "EMR_DefaultRole")
        .with("JobFlowRole", "EMR_EC2_DefaultRole")
        .with("LogUri", "s3://aws-logs-123412341234-eu-west-1/elasticmapreduce/")
        .with(
            "Instances",
            data!({
                "KeepJobFlowAliveWhenNoSteps": true,
                "InstanceFleets": [fleet("MASTER"), fleet("CORE")],
            }),
        );
    let cluster = s.task(create.sync().named("Create_A_Cluster").save_as("CreateClusterResult"));
    let (create_cluster, terminate_cluster) = (options.create_cluster, options.terminate_cluster);
    let known = data!(WithCluster { create_cluster, terminate_cluster, cluster_id: cluster.cluster_id });
    s.pass_as_document("Merge_Results", known);
}

fn protect(s: &mut Scope, state: &'static str, protected: bool) {
    s.task(elasticmapreduce::set_cluster_termination_protection(cluster(s), protected).named(state));
}

/// A step that runs a Hive script over sample data.
fn add_step(
    cluster: Ref<String>,
    name: &'static str,
) -> Task<'static, elasticmapreduce::AddStepOutput, elasticmapreduce::AddStep> {
    let arguments = data!([
        "hive-script",
        "--run-hive-script",
        "--args",
        "-f",
        "s3://eu-west-1.elasticmapreduce.samples/cloudfront/code/Hive_CloudFront.q",
        "-d",
        "INPUT=s3://eu-west-1.elasticmapreduce.samples",
        "-d",
        "OUTPUT=s3://MY-BUCKET/MyHiveQueryResults/"
    ]);
    elasticmapreduce::add_step(
        cluster,
        data!({
            "Name": name,
            "ActionOnFailure": "CONTINUE",
            "HadoopJarStep": { "Jar": "command-runner.jar", "Args": arguments },
        }),
    )
}
