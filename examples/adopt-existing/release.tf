# For a workspace of Terraform that CloudFormation imports: Terraform forgets it, and destroys nothing.
removed {
  from = aws_prometheus_workspace.metrics
  lifecycle {
    destroy = false
  }
}

# For a definition of Terraform on a workspace that stays with Terraform: without this, the next apply overwrites the construct's.
removed {
  from = aws_prometheus_alert_manager_definition.metrics
  lifecycle {
    destroy = false
  }
}
