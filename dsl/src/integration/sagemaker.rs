//! Amazon `SageMaker` AI. Each operation takes the name; all else with [`Task::with`](crate::Task::with).
//!
//! Source: Developer Guide, "Create and manage Amazon `SageMaker` AI jobs with Step Functions".

use serde_json::Value;

use super::operation::operations;
use crate::expr::IntoExpr;

operations! {
    /// Starts the training of a model.
    fn create_training_job(name: IntoExpr<String> = "TrainingJobName") -> Value
        = CreateTrainingJob: "sagemaker:createTrainingJob" "SagemakerCreateTrainingJob" { sync Value; }
    /// Starts a batch transformation.
    fn create_transform_job(name: IntoExpr<String> = "TransformJobName") -> Value
        = CreateTransformJob: "sagemaker:createTransformJob" "SagemakerCreateTransformJob" { sync Value; }
    /// Starts a processing job.
    fn create_processing_job(name: IntoExpr<String> = "ProcessingJobName") -> Value
        = CreateProcessingJob: "sagemaker:createProcessingJob" "SagemakerCreateProcessingJob" { sync Value; }
    /// Starts a labelling job.
    fn create_labeling_job(name: IntoExpr<String> = "LabelingJobName") -> Value
        = CreateLabelingJob: "sagemaker:createLabelingJob" "SagemakerCreateLabelingJob" { sync Value; }
    /// Starts the tuning of hyperparameters.
    fn create_hyper_parameter_tuning_job(name: IntoExpr<String> = "HyperParameterTuningJobName") -> Value
        = CreateHyperParameterTuningJob: "sagemaker:createHyperParameterTuningJob" "SagemakerCreateHyperParameterTuningJob" { sync Value; }
    /// Makes an endpoint.
    fn create_endpoint(name: IntoExpr<String> = "EndpointName") -> Value
        = CreateEndpoint: "sagemaker:createEndpoint" "SagemakerCreateEndpoint" { }
    /// Makes the configuration of an endpoint.
    fn create_endpoint_config(name: IntoExpr<String> = "EndpointConfigName") -> Value
        = CreateEndpointConfig: "sagemaker:createEndpointConfig" "SagemakerCreateEndpointConfig" { }
    /// Makes a model.
    fn create_model(name: IntoExpr<String> = "ModelName") -> Value
        = CreateModel: "sagemaker:createModel" "SagemakerCreateModel" { }
    /// Gives an endpoint another configuration.
    fn update_endpoint(name: IntoExpr<String> = "EndpointName") -> Value
        = UpdateEndpoint: "sagemaker:updateEndpoint" "SagemakerUpdateEndpoint" { }
}
