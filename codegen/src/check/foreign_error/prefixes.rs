//! What the Error Names of AWS SDK integrations begin with.
//!
//! Source: Developer Guide, "Supported AWS SDK service integrations", the column "Exception prefix".

/// The prefixes; each in lower case is the name of its service in a `Resource`.
#[rustfmt::skip]
pub(super) const SDK_PREFIXES: &[&str] = &[
    "AccessAnalyzer", "Account", "Acm", "AcmPca", "AiOps", "Amp", "Amplify", "AmplifyBackend",
    "AmplifyUiBuilder", "ApiGateway", "ApiGatewayV2", "AppConfig", "AppConfigData", "AppFabric", "Appflow",
    "AppIntegrations", "ApplicationAutoScaling", "ApplicationCostProfiler", "ApplicationDiscovery",
    "ApplicationInsights", "ApplicationSignals", "AppMesh", "AppRunner", "AppStream", "AppSync",
    "ArcRegionSwitch", "ArcZonalShift", "Athena", "AuditManager", "AutoScaling", "AutoScalingPlans", "B2Bi",
    "Backup", "BackupGateway", "BackupSearch", "Batch", "BcmDashboards", "BcmDataExports",
    "BcmPricingCalculator", "BcmRecommendedActions", "Bedrock", "BedrockAgent", "BedrockAgentCore",
    "BedrockAgentCoreControl", "BedrockAgentRuntime", "BedrockDataAutomation", "BedrockDataAutomationRuntime",
    "BedrockRuntime", "Billing", "Billingconductor", "Braket", "Budgets", "Chime", "ChimeSdkIdentity",
    "ChimeSdkMediaPipelines", "ChimeSdkMeetings", "ChimeSdkMessaging", "ChimeSdkVoice", "CleanRooms",
    "CleanRoomsMl", "Cloud9", "CloudControl", "CloudDirectory", "CloudFormation", "CloudFront",
    "CloudFrontKeyValueStore", "CloudHsm", "CloudHsmV2", "CloudSearch", "CloudTrail", "CloudTrailData",
    "CloudWatch", "CloudWatchLogs", "Codeartifact", "CodeBuild", "CodeCatalyst", "CodeCommit",
    "CodeConnections", "CodeDeploy", "CodeGuruProfiler", "CodeGuruReviewer", "CodeGuruSecurity",
    "CodePipeline", "CodeStarConnections", "CodestarNotifications", "CognitoIdentity",
    "CognitoIdentityProvider", "CognitoSync", "Comprehend", "ComprehendMedical", "ComputeOptimizer",
    "ComputeOptimizerAutomation", "Config", "Connect", "ConnectCampaigns", "ConnectCampaignsV2",
    "ConnectCases", "ConnectContactLens", "ConnectHealth", "ConnectParticipant", "ControlCatalog",
    "ControlTower", "CostAndUsageReport", "CostExplorer", "CostOptimizationHub", "CustomerProfiles",
    "DatabaseMigration", "DataBrew", "DataExchange", "DataPipeline", "DataSync", "DataZone", "Dax",
    "Deadline", "Detective", "DeviceFarm", "DevOpsAgent", "DevOpsGuru", "DirectConnect", "Directory",
    "DirectoryServiceData", "Dlm", "DocDb", "DocDbElastic", "Drs", "Dsql", "DynamoDb", "DynamoDbStreams",
    "Ebs", "Ec2", "Ec2InstanceConnect", "Ecr", "EcrPublic", "Ecs", "Efs", "Eks", "EksAuth", "ElastiCache",
    "ElasticBeanstalk", "ElasticInference", "ElasticLoadBalancing", "ElasticLoadBalancingV2", "Elasticsearch",
    "ElementalInference", "Emr", "EmrContainers", "EmrServerless", "EntityResolution", "EventBridge",
    "Finspace", "FinspaceData", "Firehose", "Fis", "Fms", "Forecast", "Forecastquery", "FraudDetector",
    "FreeTier", "FSx", "GameLift", "GameLiftStreams", "GeoMaps", "GeoPlaces", "GeoRoutes", "Glacier", "Glue",
    "Grafana", "Greengrass", "GreengrassV2", "GroundStation", "GuardDuty", "Health", "HealthLake",
    "Honeycode", "Iam", "Identitystore", "Imagebuilder", "Inspector", "Inspector2", "InspectorScan",
    "Interconnect", "InternetMonitor", "Invoicing", "Iot", "IoTAnalytics", "IotDeviceAdvisor", "IotEvents",
    "IotEventsData", "IoTFleetHub", "IoTFleetWise", "IotJobsDataPlane", "IotManagedIntegrations",
    "IoTSecureTunneling", "IoTSiteWise", "IoTThingsGraph", "IoTTwinMaker", "IotWireless", "Ivs", "Ivschat",
    "IvsRealTime", "Kafka", "KafkaConnect", "Kendra", "KendraRanking", "Keyspaces", "KeyspacesStreams",
    "Kinesis", "KinesisAnalytics", "KinesisAnalyticsV2", "KinesisVideo", "KinesisVideoArchivedMedia",
    "KinesisVideoMedia", "KinesisVideoSignaling", "KinesisVideoWebRtcStorage", "Kms", "LakeFormation",
    "Lambda", "LaunchWizard", "LexModelsV2", "LexRuntimeV2", "LicenseManager",
    "LicenseManagerLinuxSubscriptions", "LicenseManagerUserSubscriptions", "Lightsail", "Location",
    "LookoutEquipment", "LookoutVision", "M2", "Macie2", "MailManager", "ManagedBlockchain",
    "ManagedBlockchainQuery", "MarketplaceCatalog", "MarketplaceCommerceAnalytics", "MarketplaceDiscovery",
    "MarketplaceEntitlement", "MarketplaceMetering", "MarketplaceReporting", "MediaConnect", "MediaConvert",
    "MediaLive", "MediaPackage", "MediaPackageV2", "MediaPackageVod", "MediaStore", "MediaTailor",
    "MedicalImaging", "MemoryDb", "Mgn", "MigrationHub", "MigrationHubConfig", "MigrationHubOrchestrator",
    "MigrationHubRefactorSpaces", "MigrationHubStrategy", "Mpa", "Mq", "MTurk", "Mwaa", "MwaaServerless",
    "Neptune", "NeptuneGraph", "NetworkFirewall", "NetworkFlowMonitor", "NetworkManager", "NetworkMonitor",
    "NotificationsContacts", "NovaAct", "Oam", "ObservabilityAdmin", "Odb", "Omics", "OpenSearch",
    "OpenSearchServerless", "OpsWorksCm", "Organizations", "Osis", "Outposts", "Panorama",
    "PartnerCentralAccount", "PartnerCentralBenefits", "PartnerCentralChannel", "PartnerCentralSelling",
    "PaymentCryptography", "PaymentCryptographyData", "PcaConnectorAd", "PcaConnectorScep", "Pcs",
    "Personalize", "PersonalizeEvents", "PersonalizeRuntime", "Pi", "Pinpoint", "PinpointEmail",
    "PinpointSmsVoice", "PinpointSmsVoiceV2", "Pipes", "Polly", "Pricing", "PrivateNetworks", "Proton",
    "QApps", "QBusiness", "QConnect", "QuickSight", "Ram", "Rbin", "Rds", "RdsData", "Redshift",
    "RedshiftData", "RedshiftServerless", "Rekognition", "Repostspace", "Resiliencehub", "ResourceExplorer2",
    "ResourceGroups", "ResourceGroupsTaggingApi", "RolesAnywhere", "Route53", "Route53Domains",
    "Route53GlobalResolver", "Route53Profiles", "Route53RecoveryCluster", "Route53RecoveryControlConfig",
    "Route53RecoveryReadiness", "Route53Resolver", "RtbFabric", "Rum", "S3", "S3Control", "S3Files",
    "S3Outposts", "S3Tables", "S3Vectors", "SageMaker", "SageMakerA2IRuntime", "SageMakerFeatureStoreRuntime",
    "SageMakerGeospatial", "SageMakerMetrics", "SageMakerRuntime", "SageMakerRuntimeHttp2", "Savingsplans",
    "Scheduler", "Schemas", "SecretsManager", "SecurityAgent", "SecurityHub", "SecurityIr", "SecurityLake",
    "ServerlessApplicationRepository", "ServiceCatalog", "ServiceCatalogAppRegistry", "ServiceDiscovery",
    "ServiceQuotas", "Ses", "SesV2", "Sfn", "Shield", "Signer", "SignerData", "Signin", "SimpleDbV2",
    "SimSpaceWeaver", "Sms", "Snowball", "SnowDeviceManagement", "Sns", "SocialMessaging", "Sqs", "Ssm",
    "SsmContacts", "SsmGuiConnect", "SsmIncidents", "SsmQuickSetup", "SsmSap", "Sso", "SsoAdmin", "SsoOidc",
    "StorageGateway", "Sts", "SupplyChain", "Support", "SupportApp", "Sustainability", "Swf", "Synthetics",
    "TaxSettings", "Textract", "TimestreamInfluxDb", "TimestreamQuery", "TimestreamWrite", "Tnb",
    "Transcribe", "Transfer", "Translate", "TrustedAdvisor", "Uxc", "VerifiedPermissions", "VoiceId",
    "VpcLattice", "Waf", "WafRegional", "Wafv2", "WellArchitected", "Wickr", "Wisdom", "WorkDocs", "WorkMail",
    "WorkMailMessageFlow", "WorkSpaces", "WorkspacesInstances", "WorkSpacesThinClient", "WorkSpacesWeb",
    "XRay",
];

#[cfg(test)]
mod tests {
    use stepwright::integration::SDK_SERVICES;

    use super::SDK_PREFIXES;

    #[test]
    fn every_service_has_a_prefix() {
        let services: Vec<String> = SDK_PREFIXES.iter().map(|prefix| prefix.to_lowercase()).collect();
        assert_eq!(services, SDK_SERVICES);
    }
}
