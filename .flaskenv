FLASK_APP=training.app:create_shell
