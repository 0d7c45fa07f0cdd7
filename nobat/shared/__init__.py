"""What every package may use: dates, letters, secrets; knows nothing of judges, offices or SMS."""
