"""Link or file -> article."""
