"""What is looked at each week, on Mondays, each quarter: lines of Today."""
